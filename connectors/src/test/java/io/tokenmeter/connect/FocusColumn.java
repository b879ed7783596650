package io.tokenmeter.connect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A column of FOCUS 1.2, as the file's head says where from.
 *
 * @param level Mandatory, Conditional or Recommended
 * @param allowsNulls by its content constraints
 * @param type String, Decimal, Date/Time or JSON
 */
record FocusColumn(String name, String level, boolean allowsNulls, String type) {
  private static final Path FILE = Path.of("src/test/resources/focus-1.2-columns.csv");

  static List<FocusColumn> all() throws IOException {
    return Files.readAllLines(FILE).stream()
        .filter(line -> !line.startsWith("#"))
        .skip(1)
        .map(line -> line.split(",", -1))
        .map(cells -> new FocusColumn(cells[0], cells[1], cells[2].equals("True"), cells[3]))
        .toList();
  }

  boolean is(String other) {
    return name.equals(other);
  }

  boolean isMandatory() {
    return level.equals("Mandatory");
  }

  /** What PostgreSQL may call it. */
  List<String> sqlTypes() {
    return switch (type) {
      case "Decimal" -> List.of("numeric");
      case "Date/Time" -> List.of("timestamp without time zone");
      default -> List.of("text");
    };
  }
}
