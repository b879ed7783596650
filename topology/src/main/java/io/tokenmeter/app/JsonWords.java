package io.tokenmeter.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A JSON document for a person: its fields, a line each, and its lists as tables. */
final class JsonWords {
  private JsonWords() {}

  static void print(PrintWriter out, JsonNode document) {
    List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(document.properties());
    int widest = fields.stream().mapToInt(field -> field.getKey().length()).max().orElse(0);
    for (Map.Entry<String, JsonNode> field : fields) {
      if (!isTable(field.getValue())) {
        String value =
            field.getValue().isValueNode()
                ? field.getValue().asText()
                : field.getValue().toString();
        out.println(field.getKey() + " ".repeat(widest - field.getKey().length() + 2) + value);
      }
    }
    for (Map.Entry<String, JsonNode> field : fields) {
      if (isTable(field.getValue())) {
        out.println(field.getKey());
        table(out, field.getValue());
      }
    }
  }

  private static boolean isTable(JsonNode value) {
    return value.isArray() && !value.isEmpty() && value.get(0).isObject();
  }

  private static void table(PrintWriter out, JsonNode rows) {
    Set<String> columns = new LinkedHashSet<>();
    rows.forEach(row -> row.fieldNames().forEachRemaining(columns::add));
    List<List<String>> cells = new ArrayList<>();
    cells.add(List.copyOf(columns));
    rows.forEach(row -> cells.add(columns.stream().map(name -> row.path(name).asText()).toList()));
    int[] widths = new int[columns.size()];
    for (List<String> row : cells) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : cells) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append("  ").append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length()));
      }
      out.println(line.toString().stripTrailing());
    }
  }
}
