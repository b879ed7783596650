package io.tokenmeter.app;

import io.tokenmeter.schema.LowBalance;
import io.tokenmeter.schema.QuotaExceeded;
import io.tokenmeter.serde.RecordSerde;
import io.tokenmeter.topics.Topics;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "events",
    mixinStandardHelpOptions = true,
    description = "Show the events on the topics: balances that ran low, quotas that were met.")
final class EventsCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Set<Topics> TOPICS =
      EnumSet.of(Topics.EVENTS_LOW_BALANCE, Topics.EVENTS_QUOTA_EXCEEDED);

  @Spec private CommandSpec spec;
  @Mixin private SettingsOptions settings;
  @Mixin private OutputOptions output;

  @Option(names = "--org", description = "Only this organisation's.")
  private @Nullable String org;

  @Option(names = "--follow", description = "Go on with those that come, until stopped.")
  private boolean follow;

  @Override
  public Integer call() {
    TokenmeterConfig config = settings.read();
    new Surroundings(config, PATIENCE).await();
    PrintWriter out = spec.commandLine().getOut();
    try (Deserializer<LowBalance> balances =
            RecordSerde.ofValue(LowBalance.class, config.serializers()).deserializer();
        Deserializer<QuotaExceeded> quotas =
            RecordSerde.ofValue(QuotaExceeded.class, config.serializers()).deserializer();
        TopicTail tail = new TopicTail(config, TOPICS)) {
      Map<TopicPartition, Long> ends = tail.ends(TOPICS);
      while (follow || !tail.isAt(ends)) {
        tail.poll(
            (topic, record) -> {
              if (topic == Topics.EVENTS_LOW_BALANCE) {
                print(out, balances.deserialize(record.topic(), record.value()));
              } else {
                print(out, quotas.deserialize(record.topic(), record.value()));
              }
            });
        out.flush();
      }
    }
    return ExitCode.FINE.number();
  }

  private void print(PrintWriter out, LowBalance event) {
    Map<String, Object> line = head(event.getEventId(), event.getType(), event.getOrgId());
    line.put("threshold", plain(event.getThreshold()));
    line.put("balance", plain(event.getBalance()));
    tail(line, event.getUnit(), event.getSequence(), event.getOccurredAt());
    print(
        out,
        event.getOrgId(),
        "%s %s %s: balance %s %s, level %s"
            .formatted(
                event.getOccurredAt(),
                event.getType(),
                event.getOrgId(),
                plain(event.getBalance()),
                event.getUnit(),
                plain(event.getThreshold())),
        line);
  }

  private void print(PrintWriter out, QuotaExceeded event) {
    Map<String, Object> line =
        head(event.getEventId(), "QUOTA_" + event.getType(), event.getOrgId());
    line.put("quota", event.getQuotaId());
    line.put("percent", event.getPercent());
    line.put("limit", plain(event.getLimit()));
    line.put("used", plain(event.getUsed()));
    line.put("window_start", event.getWindowStart().toString());
    line.put("window_end", event.getWindowEnd().toString());
    tail(line, event.getUnit(), event.getSequence(), event.getOccurredAt());
    print(
        out,
        event.getOrgId(),
        "%s QUOTA_%s %s: %s of %s %s used in quota %s until %s"
            .formatted(
                event.getOccurredAt(),
                event.getType(),
                event.getOrgId(),
                plain(event.getUsed()),
                plain(event.getLimit()),
                event.getUnit(),
                event.getQuotaId(),
                event.getWindowEnd()),
        line);
  }

  private void print(PrintWriter out, String of, String words, Map<String, Object> line) {
    if (org == null || org.equals(of)) {
      output.print(out, words, line);
    }
  }

  private static Map<String, Object> head(String id, String type, String of) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("event_id", id);
    line.put("type", type);
    line.put("org", of);
    return line;
  }

  private static void tail(
      Map<String, Object> line, String unit, long sequence, Instant occurredAt) {
    line.put("unit", unit);
    line.put("sequence", sequence);
    line.put("occurred_at", occurredAt.toString());
  }

  private static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
