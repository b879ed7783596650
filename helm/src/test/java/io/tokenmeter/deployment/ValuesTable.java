package io.tokenmeter.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The chart's values as its README lists them: names and defaults from values.yaml, words from the
 * schema.
 */
final class ValuesTable {
  private final JsonNode schema;
  private final StringBuilder table =
      new StringBuilder("| value | default | what it does |\n|---|---|---|\n");

  private ValuesTable(JsonNode schema) {
    this.schema = schema;
  }

  /** The table, which is also written to {@code target/values.md}, to be copied from there. */
  static String written() throws IOException {
    ObjectMapper json = new ObjectMapper();
    ValuesTable values =
        new ValuesTable(json.readTree(Chart.FOLDER.resolve("values.schema.json").toFile()));
    values.rows(
        "", new YAMLMapper().readTree(Chart.FOLDER.resolve("values.yaml").toFile()), values.schema);
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target/values.md"), values.table);
    return values.table.toString();
  }

  private void rows(String prefix, JsonNode defaults, JsonNode described) {
    for (Map.Entry<String, JsonNode> value : defaults.properties()) {
      String name = prefix + value.getKey();
      JsonNode words = described.path("properties").path(value.getKey());
      if (words.isMissingNode()) {
        throw new IllegalStateException(name + " is in values.yaml and not in the schema");
      }
      boolean hasWords = words.has("description");
      if (hasWords) {
        table
            .append("| `")
            .append(name)
            .append("` | ")
            .append(name.equals("config") ? "as below" : shown(value.getValue()))
            .append(" | ")
            .append(words.get("description").textValue())
            .append(" |\n");
      }
      if (words.has("properties")) {
        rows(name + ".", value.getValue(), words);
      } else if (!hasWords) {
        throw new IllegalStateException(name + " has no description in the schema");
      }
    }
  }

  private static String shown(JsonNode value) {
    String text = value.isTextual() ? value.textValue() : value.toString();
    return text.isEmpty() ? "empty" : "`" + text + "`";
  }
}
