package io.tokenmeter.app;

import io.tokenmeter.app.replay.Chosen;
import io.tokenmeter.raw.Rejection;
import io.tokenmeter.topics.TopicPrefix;
import io.tokenmeter.topics.Topics;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Send dead letters again, each once, to the topics that they stood on.",
      "With --accept-late, have usage billed that was parked as TOO_LATE."
    })
final class ReplayCommand implements Callable<Integer> {
  /** Of the transactions, so that one replay at a time is at work. */
  static final String TASK = "replay";

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Where a letter may go back to. */
  static final Set<Topics> REFUSING =
      EnumSet.of(
          Topics.LLM_REQUESTS,
          Topics.LLM_RESPONSES,
          Topics.USAGE_RECORDS,
          Topics.LEDGER_COMMANDS,
          Topics.LEDGER_JOURNAL);

  @Spec private CommandSpec spec;
  @Mixin private SettingsOptions settings;
  @Mixin private OutputOptions output;

  @Option(
      names = "--reason",
      paramLabel = "CODE",
      description = "Only letters refused for this reason; may be repeated.")
  private List<Rejection> reasons = new ArrayList<>();

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description = "Only letters of this topic, without its prefix; may be repeated.")
  private List<String> topics = new ArrayList<>();

  @Option(
      names = "--from",
      paramLabel = "INSTANT",
      description = "Only letters refused from then on; with --accept-late, usage used then.")
  private @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "INSTANT",
      description = "Only letters refused before then; with --accept-late, usage used before.")
  private @Nullable String to;

  @Option(names = "--accept-late", description = "Bill what was parked as TOO_LATE, each once.")
  private boolean acceptLate;

  @Option(names = "--org", description = "With --accept-late: only this organisation's.")
  private @Nullable String org;

  @Option(names = "--dry-run", description = "Tell what would be sent and send nothing.")
  private boolean dryRun;

  @Override
  public Integer call() {
    Instant first = from == null ? Instant.MIN : Operator.instant("--from", from);
    Instant end = to == null ? Instant.MAX : Operator.instant("--to", to);
    TokenmeterConfig config = settings.read();
    if (acceptLate) {
      if (!reasons.isEmpty() || !topics.isEmpty()) {
        throw CommandException.wrongUsage(
            "--reason and --topic choose dead letters; leave them out with --accept-late");
      }
      new Surroundings(config, PATIENCE).await();
      LateReplay replay = new LateReplay(config, org, first, end);
      print(dryRun ? replay.rehearse() : replay.send());
    } else {
      if (org != null) {
        throw CommandException.wrongUsage(
            "--org goes with --accept-late; a dead letter's organisation isn't known");
      }
      Chosen chosen = chosen(new TopicPrefix(config.topicPrefix()), first, end);
      new Surroundings(config, PATIENCE).await();
      DeadLetterReplay replay = new DeadLetterReplay(config, chosen);
      print(dryRun ? replay.rehearse() : replay.send());
    }
    return ExitCode.FINE.number();
  }

  private Chosen chosen(TopicPrefix prefix, Instant first, Instant end) {
    Map<String, String> names =
        REFUSING.stream().collect(Collectors.toMap(Topics::baseName, topic -> topic.name(prefix)));
    for (String topic : topics) {
      if (!names.containsKey(topic)) {
        throw CommandException.wrongUsage(
            "--topic is " + topic + "; the nearest is " + NearestKey.to(topic, names.keySet()));
      }
    }
    return new Chosen(
        reasons.stream().map(Enum::name).collect(Collectors.toSet()),
        topics.stream().map(names::get).collect(Collectors.toSet()),
        Set.copyOf(names.values()),
        first,
        end);
  }

  private void print(DeadLetterReplay.Result result) {
    PrintWriter out = spec.commandLine().getOut();
    long all = 0;
    for (Map.Entry<DeadLetterReplay.Kind, Long> sent : result.sent().entrySet()) {
      all += sent.getValue();
      DeadLetterReplay.Kind kind = sent.getKey();
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("topic", kind.topic());
      line.put("reason", kind.reason());
      line.put(verb(), sent.getValue());
      output.print(
          out, "  %,d of %s, %s".formatted(sent.getValue(), kind.topic(), kind.reason()), line);
    }
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put(verb(), all);
    summary.put("sent_before", result.sentBefore());
    summary.put("left", result.left());
    output.print(
        out,
        "%,d dead letters %s; %,d were sent before, %,d were not chosen"
            .formatted(
                all,
                dryRun ? "would be sent again" : "sent again",
                result.sentBefore(),
                result.left()),
        summary);
  }

  private void print(LateReplay.Result result) {
    PrintWriter out = spec.commandLine().getOut();
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put(dryRun ? "would_accept" : "accepted", result.accepted());
    summary.put("accepted_before", result.acceptedBefore());
    summary.put("billed_before", result.billed());
    summary.put("not_checkable", result.unchecked());
    summary.put("gone", result.gone());
    if (output.json()) {
      out.println(OutputOptions.json(summary));
      return;
    }
    out.println(
        "%,d late facts %s; %,d were accepted before"
            .formatted(
                result.accepted(),
                dryRun ? "would be billed" : "sent to be billed",
                result.acceptedBefore()));
    tell(out, result.billed(), "are of usage that is billed: copies, left as they are");
    tell(
        out,
        result.unchecked(),
        "were used before the charges on usage.billed begin; look their ids up in the warehouse and"
            + " send a usage record with a new id and today's time for those that aren't there");
    tell(
        out,
        result.gone(),
        "are commands, or no longer in the journal; issue them anew, or send a usage record with a"
            + " new id and today's time");
  }

  private static void tell(PrintWriter out, long count, String what) {
    if (count > 0) {
      out.println("  %,d %s".formatted(count, what));
    }
  }

  private String verb() {
    return dryRun ? "would_send" : "sent";
  }
}
