package io.tokenmeter.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of every dialect, held to the records that land in them. */
class TablesTest {
  private static final Pattern TABLE =
      Pattern.compile(
          "CREATE TABLE IF NOT EXISTS (?:tokenmeter\\.)?(\\w+) \\(\n(.*?)\n\\)", Pattern.DOTALL);
  private static final Pattern COLUMN = Pattern.compile("^  ([a-z_0-9]+) +(.*?),?$");

  @ParameterizedTest
  @ValueSource(strings = {"sql", "clickhouse", "snowflake", "bigquery"})
  void every_field_has_its_column_and_every_decimal_its_digits(String folder) throws IOException {
    Map<String, Map<String, String>> tables = tables(Path.of(folder, "tables.sql"));

    assertThat(tables.keySet())
        .containsExactlyElementsOf(Arrays.stream(Landed.values()).map(Landed::table).toList());
    for (Landed landed : Landed.values()) {
      Map<String, String> columns = tables.get(landed.table());
      Set<String> expected = new TreeSet<>();
      for (Field field : fields(landed)) {
        expected.add(field.name());
        if (Decimal.LOGICAL_NAME.equals(field.schema().name())) {
          assertThat(columns.get(field.name()))
              .as(landed + "." + field.name())
              .containsPattern(
                  "(?i)(numeric|decimal|number)\\(38, "
                      + field.schema().parameters().get(Decimal.SCALE_FIELD)
                      + "\\)");
        }
      }
      assertThat(columns.keySet()).as(landed.table()).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  /** As they are called behind the definitions' transformations. */
  private static List<Field> fields(Landed landed) throws IOException {
    Map<String, String> config = Definition.read(Path.of("postgresql", landed.file())).config();
    Map<String, String> renames = new HashMap<>();
    for (String pair : config.getOrDefault("transforms.columns.renames", "").split(",", -1)) {
      if (!pair.isEmpty()) {
        String[] names = pair.split(":", -1);
        renames.put(names[0], names[1]);
      }
    }
    List<Field> fields = new ArrayList<>();
    for (Schema record : landed.schemas()) {
      for (Column column : Columns.of(record).columns()) {
        if (!column.name().equals(config.get("transforms.columns.exclude"))) {
          fields.add(
              new Field(renames.getOrDefault(column.name(), column.name()), 0, column.schema()));
        }
      }
    }
    return fields;
  }

  private static Map<String, Map<String, String>> tables(Path file) throws IOException {
    Map<String, Map<String, String>> tables = new LinkedHashMap<>();
    Matcher table = TABLE.matcher(Files.readString(file));
    while (table.find()) {
      Map<String, String> columns = new LinkedHashMap<>();
      table
          .group(2)
          .lines()
          .map(COLUMN::matcher)
          .filter(Matcher::matches)
          .forEach(column -> columns.put(column.group(1), column.group(2)));
      tables.put(table.group(1), columns);
    }
    return tables;
  }
}
