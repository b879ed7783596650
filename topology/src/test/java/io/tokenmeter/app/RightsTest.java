package io.tokenmeter.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.topics.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.resource.PatternType;
import org.junit.jupiter.api.Test;

/** Who is told to need which rights. That they are enough and needed, {@link AclIT} proves. */
class RightsTest {
  private static final Path DOCUMENT =
      Path.of(System.getProperty("tokenmeter.root"), "docs", "security.md");

  @Test
  void theDocumentHasTheTable() throws IOException {
    assertThat(Files.readString(DOCUMENT)).contains(table());
  }

  @Test
  void bothStagesTogetherLookOverAllTopicsAndMeasureNoneOfTheResults() {
    TokenmeterConfig config = TokenmeterConfig.of(Map.of("topic.prefix", "staging."));
    assertThat(Rights.lookedOverBy(config, Stage.ALL)).isEqualTo(EnumSet.allOf(Topics.class));
    assertThat(Rights.lookedOverBy(config, Stage.MEASURE))
        .containsExactly(
            Topics.LLM_REQUESTS,
            Topics.LLM_RESPONSES,
            Topics.USAGE_RECORDS,
            Topics.LEDGER_COMMANDS,
            Topics.LEDGER_JOURNAL,
            Topics.USAGE_REJECTED);
    assertThat(Rights.lookedOverBy(config, Stage.LEDGER))
        .doesNotContain(Topics.LLM_REQUESTS, Topics.LLM_RESPONSES, Topics.USAGE_RECORDS)
        .hasSize(12);
  }

  @Test
  void printsLinesForAShell() {
    assertThat(
            acls(
                "--principal",
                "operator=User:CN=Jo O'Neil",
                "--principal",
                "replay=User:r",
                "--set",
                "topic.prefix=staging.",
                "--set",
                "application.id.prefix=staging",
                "--command-config",
                "admin.properties"))
        .startsWith(
            "kafka-acls.sh --bootstrap-server 127.0.0.1:9092 --command-config admin.properties"
                + " --add --allow-principal 'User:CN=Jo O'\\''Neil' --operation write"
                + " --topic staging.ledger.commands\n")
        .endsWith(" --operation write --transactional-id staging-replay\n")
        .doesNotContain("measure");
    assertThat(acls("--principal", "warehouse=User:w"))
        .contains("--operation read --resource-pattern-type prefixed --group connect-\n");
    assertThat(acls("--principal", "prices=User:p", "--json"))
        .startsWith(
            "{\"party\":\"prices\",\"principal\":\"User:p\",\"operation\":\"READ\","
                + "\"resource\":\"TOPIC\",\"pattern\":\"LITERAL\",\"name\":\"catalog.prices\"}\n");
  }

  @Test
  void saysWhatIsWrongWithAPrincipal() {
    assertThat(acls("--principal", "ledger=jo"))
        .isEqualTo(
            "tokenmeter: --principal is ledger=jo; write it as PARTY=TYPE:NAME, as in"
                + " measure=User:meter\n");
    assertThat(acls("--principal", "ledgre=User:jo"))
        .startsWith("tokenmeter: --principal names ledgre; allowed is one of topics, measure, ");
  }

  private static String acls(String... options) {
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out);
    String[] args = new String[options.length + 2];
    args[0] = "topics";
    args[1] = "acls";
    System.arraycopy(options, 0, args, 2, options.length);
    Main.run(writer, writer, args);
    return out.toString();
  }

  private static String table() {
    Map<String, String> rows = new LinkedHashMap<>();
    for (Right right : Rights.of(TokenmeterConfig.of(Map.of()), "new")) {
      String row =
          "| `%s` | %s | %s | %s | "
              .formatted(
                  right.party().word(),
                  right.party().who(),
                  word(right.operation().name()),
                  word(right.pattern().resourceType().name()));
      rows.merge(row, name(right), (before, more) -> before + ", " + more);
    }
    StringBuilder table =
        new StringBuilder(
            "| party | who that is | may | what | of these names |\n|---|---|---|---|---|\n");
    rows.forEach((row, names) -> table.append(row).append(names).append(" |\n"));
    return table.toString();
  }

  private static String word(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** With a star for whatever follows. */
  private static String name(Right right) {
    String star = right.pattern().patternType() == PatternType.PREFIXED ? "*" : "";
    return "`" + right.pattern().name() + star + "`";
  }
}
