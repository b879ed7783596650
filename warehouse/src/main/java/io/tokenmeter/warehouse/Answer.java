package io.tokenmeter.warehouse;

import io.tokenmeter.app.OutputOptions;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a query gave.
 *
 * @param columns their names
 * @param numeric of each column whether it holds numbers, which stand to the right
 * @param rows a text for each column, null for none
 */
record Answer(List<String> columns, List<Boolean> numeric, List<List<@Nullable String>> rows) {
  static Answer of(ResultSet result) throws SQLException {
    ResultSetMetaData meta = result.getMetaData();
    List<String> columns = new ArrayList<>();
    List<Boolean> numeric = new ArrayList<>();
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      columns.add(meta.getColumnLabel(i));
      numeric.add(
          switch (meta.getColumnType(i)) {
            case java.sql.Types.DECIMAL,
                java.sql.Types.NUMERIC,
                java.sql.Types.TINYINT,
                java.sql.Types.SMALLINT,
                java.sql.Types.INTEGER,
                java.sql.Types.BIGINT,
                java.sql.Types.DOUBLE,
                java.sql.Types.FLOAT ->
                true;
            default -> false;
          });
    }
    List<List<@Nullable String>> rows = new ArrayList<>();
    while (result.next()) {
      List<@Nullable String> row = new ArrayList<>();
      for (int i = 1; i <= columns.size(); i++) {
        row.add(text(result.getObject(i)));
      }
      rows.add(row);
    }
    return new Answer(columns, numeric, rows);
  }

  /** One line a row under their names, as wide as they must be. */
  String table() {
    int[] widths = columns.stream().mapToInt(String::length).toArray();
    for (List<@Nullable String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        String cell = row.get(i);
        widths[i] = Math.max(widths[i], cell == null ? 0 : cell.length());
      }
    }
    StringBuilder table = new StringBuilder();
    line(table, columns, widths);
    rows.forEach(row -> line(table, row, widths));
    return table.toString();
  }

  /** One object a row; numbers are text, so that no reader rounds them. */
  List<String> json() {
    return rows.stream()
        .map(
            row -> {
              Map<String, @Nullable Object> object = new LinkedHashMap<>();
              for (int i = 0; i < columns.size(); i++) {
                object.put(columns.get(i), row.get(i));
              }
              return OutputOptions.json(object);
            })
        .toList();
  }

  private void line(StringBuilder table, List<@Nullable String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = cells.get(i) == null ? "" : cells.get(i);
      String padding = " ".repeat(widths[i] - cell.length());
      line.append(numeric.get(i) ? padding + cell : cell + padding).append("  ");
    }
    table.append(line.toString().stripTrailing()).append('\n');
  }

  private static @Nullable String text(@Nullable Object value) {
    if (value instanceof BigDecimal exact) {
      return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
    }
    return value == null ? null : value.toString();
  }
}
