package io.tokenmeter.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The form of the alert rules, of their runbook and of the dashboard. */
class MonitoringTest {
  private static final Path FOLDER = Path.of(System.getProperty("tokenmeter.root"), "monitoring");
  private static final Path RUNBOOK =
      Path.of(System.getProperty("tokenmeter.root"), "docs", "runbook.md");

  @Test
  void everyAlertSaysWhatIsWrongAndWhatToDo() throws IOException {
    Set<String> names = new TreeSet<>();
    for (JsonNode rule : rules()) {
      assertThat(names.add(rule.get("alert").asText())).isTrue();
      assertThat(rule.get("expr").asText()).isNotBlank();
      assertThat(rule.at("/labels/severity").asText()).isIn("warning", "critical");
      assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
      assertThat(rule.at("/annotations/action").asText()).isNotBlank();
    }
    assertThat(names).hasSizeGreaterThan(10).allMatch(name -> name.startsWith("Tokenmeter"));
  }

  @Test
  void everyAlertHasItsSectionInTheRunbookAndNoSectionIsWithoutOne() throws IOException {
    String runbook = Files.readString(RUNBOOK);
    List<String> sections = new ArrayList<>();
    for (String section : runbook.split("(?m)^## ", -1)) {
      sections.add(section.lines().findFirst().orElse(""));
      if (sections.size() > 1) {
        assertThat(section)
            .as("what to know of " + sections.get(sections.size() - 1))
            .contains("**What it means.** ", "**Look.**", "**Do.** ", "**Wake somebody** ")
            .contains("```bash\n");
      }
    }
    List<String> names = new ArrayList<>();
    for (JsonNode rule : rules()) {
      String name = rule.get("alert").asText();
      names.add(name);
      assertThat(rule.at("/annotations/runbook").asText())
          .isEqualTo("docs/runbook.md#" + name.toLowerCase(Locale.ROOT));
    }
    assertThat(sections.subList(1, sections.size())).containsExactlyElementsOf(names);
  }

  @Test
  void everyPanelAsksForSomething() throws IOException {
    JsonNode dashboard = new ObjectMapper().readTree(FOLDER.resolve("dashboard.json").toFile());
    assertThat(dashboard.get("panels")).hasSizeGreaterThan(8);
    for (JsonNode panel : dashboard.get("panels")) {
      assertThat(panel.at("/targets/0/expr").asText())
          .as(panel.path("title").asText())
          .isNotBlank();
    }
  }

  /** In the order of the file. */
  private static List<JsonNode> rules() throws IOException {
    List<JsonNode> rules = new ArrayList<>();
    new ObjectMapper(new YAMLFactory())
        .readTree(FOLDER.resolve("alerts.yml").toFile())
        .get("groups")
        .forEach(group -> group.get("rules").forEach(rules::add));
    return rules;
  }
}
