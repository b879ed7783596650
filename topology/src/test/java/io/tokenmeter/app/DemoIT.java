package io.tokenmeter.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoIT {
  @Test
  void showsARoundOfEverythingAndFindsTheBooksInOrder() throws IOException {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.run(new PrintWriter(out), new PrintWriter(err), "demo", "--exchanges", "48", "--json");
    assertThat(code).as(err + "\n" + out).isZero();
    List<String> lines = out.toString().lines().toList();
    JsonNode summary = new ObjectMapper().readTree(lines.get(lines.size() - 1));
    assertThat(summary.path("passed").asBoolean()).isTrue();
    assertThat(summary.path("exchanges").asInt()).isEqualTo(48);
    assertThat(summary.path("organisations").asInt()).isEqualTo(6);
    assertThat(summary.path("balance_differences").asInt()).isZero();
    assertThat(summary.path("raw").path("parts").path("rejected").asInt())
        .as("broken JSON, garbage, and both halves of an unknown dialect")
        .isEqualTo(4);
    JsonNode facts = summary.path("facts").path("parts");
    assertThat(facts.path("conflict").asInt()).isEqualTo(1);
    assertThat(facts.path("duplicate").asInt()).as("both halves of one").isEqualTo(2);
    assertThat(facts.path("unpriced").asInt()).as("both halves of one").isEqualTo(2);
    assertThat(facts.path("unmatched").asInt()).as("never answered").isEqualTo(1);
    assertThat(facts.path("waiting").asInt()).isZero();
  }
}
