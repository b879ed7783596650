package io.tokenmeter.app;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "acls",
    mixinStandardHelpOptions = true,
    description = {
      "Print the least rights that each party needs on the brokers, ready for a shell that",
      "has Kafka's kafka-acls.sh. It connects to nothing."
    })
final class AclsCommand implements Callable<Integer> {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.,:/@=+-]+");

  @Spec private CommandSpec spec;
  @Mixin private SettingsOptions settings;
  @Mixin private OutputOptions output;

  @Option(
      names = "--principal",
      paramLabel = "PARTY=PRINCIPAL",
      description = {
        "A party and its Kafka principal, as in measure=User:meter; may be repeated, and then",
        "only those parties are printed. Without it all are, each as User:PARTY. Parties:",
        "topics, measure, ledger, gateway, warehouse, operator, prices, audit, replay, rerate,",
        "rebuild."
      })
  private List<String> principals = new ArrayList<>();

  @Option(
      names = "--into",
      paramLabel = "PREFIX",
      defaultValue = "new",
      description = "What `rebuild --into` is given; `new` by default.")
  private String into;

  @Option(
      names = "--command-config",
      paramLabel = "FILE",
      description = "Passed on to kafka-acls.sh: how whoever runs it connects.")
  private @Nullable String commandConfig;

  /** What one call of kafka-acls.sh gives: an operation on some names of one kind. */
  private record Call(
      Party party, AclOperation operation, ResourceType type, PatternType pattern) {}

  @Override
  public Integer call() {
    TokenmeterConfig config = settings.read();
    Map<Party, String> chosen = chosen();
    List<Right> rights =
        Rights.of(config, into).stream()
            .filter(right -> chosen.containsKey(right.party()))
            .toList();
    PrintWriter out = spec.commandLine().getOut();
    if (output.json()) {
      rights.forEach(right -> out.println(OutputOptions.json(line(right, chosen))));
      return ExitCode.FINE.number();
    }
    Map<Call, List<String>> calls = new LinkedHashMap<>();
    for (Right right : rights) {
      Call call =
          new Call(
              right.party(),
              right.operation(),
              right.pattern().resourceType(),
              right.pattern().patternType());
      calls.computeIfAbsent(call, one -> new ArrayList<>()).add(right.pattern().name());
    }
    calls.forEach((call, names) -> out.println(shell(config, call, chosen, names)));
    return ExitCode.FINE.number();
  }

  private Map<Party, String> chosen() {
    Map<Party, String> chosen = new EnumMap<>(Party.class);
    for (String pair : principals) {
      int equals = pair.indexOf('=');
      String principal = pair.substring(equals + 1).strip();
      if (equals < 1 || !principal.matches("[^:]+:.+")) {
        throw CommandException.wrongUsage(
            "--principal is " + pair + "; write it as PARTY=TYPE:NAME, as in measure=User:meter");
      }
      chosen.put(party(pair.substring(0, equals).strip()), principal);
    }
    if (chosen.isEmpty()) {
      for (Party party : Party.values()) {
        chosen.put(party, "User:" + party.word());
      }
    }
    return chosen;
  }

  private static Party party(String word) {
    List<String> words = new ArrayList<>();
    for (Party party : Party.values()) {
      if (party.word().equals(word)) {
        return party;
      }
      words.add(party.word());
    }
    throw CommandException.wrongUsage(
        "--principal names " + word + "; allowed is one of " + String.join(", ", words));
  }

  private static Map<String, Object> line(Right right, Map<Party, String> chosen) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("party", right.party().word());
    line.put("principal", chosen.get(right.party()));
    line.put("operation", right.operation().name());
    line.put("resource", right.pattern().resourceType().name());
    line.put("pattern", right.pattern().patternType().name());
    line.put("name", right.pattern().name());
    return line;
  }

  private String shell(
      TokenmeterConfig config, Call call, Map<Party, String> chosen, List<String> names) {
    List<String> words =
        new ArrayList<>(
            List.of("kafka-acls.sh", "--bootstrap-server", quoted(config.bootstrapServers())));
    if (commandConfig != null) {
      words.addAll(List.of("--command-config", quoted(commandConfig)));
    }
    words.addAll(
        List.of(
            "--add",
            "--allow-principal",
            quoted(String.valueOf(chosen.get(call.party()))),
            "--operation",
            call.operation().name().replace("_", "").toLowerCase(Locale.ROOT)));
    if (call.pattern() == PatternType.PREFIXED) {
      words.addAll(List.of("--resource-pattern-type", "prefixed"));
    }
    String option = "--" + call.type().name().replace('_', '-').toLowerCase(Locale.ROOT);
    names.forEach(name -> words.addAll(List.of(option, quoted(name))));
    return String.join(" ", words);
  }

  /** For a POSIX shell. */
  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
