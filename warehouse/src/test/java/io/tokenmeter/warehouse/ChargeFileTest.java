package io.tokenmeter.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.app.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChargeFileTest {
  private static final Source TOPIC = new Source("cluster-1", "usage.charges");
  private static final String LARGEST = "99999999999999999999999999.999999999999";

  @TempDir private Path directory;

  private Path path() {
    return directory.resolve("charges.duckdb");
  }

  @Test
  void a_line_keeps_every_field_and_digit() {
    try (ChargeFile file = ChargeFile.open(path(), TOPIC)) {
      file.load(TOPIC, List.of(Lines.line("acme", "u", 1, "-" + LARGEST)), Map.of(0, 1L));

      assertThat(
              file.ask(
                      "SELECT amount, quantity, price, per, sequence, occurred_at, billed_at, model,"
                          + " rule, line FROM charges")
                  .rows())
          .containsExactly(
              Arrays.asList(
                  "-" + LARGEST,
                  "1234567.890123456789",
                  "0.000000000000000001",
                  "1000",
                  "9007199254740993",
                  "2026-03-01 10:15:30.123",
                  "1969-12-31 23:59:59.999",
                  null,
                  "",
                  "1"));
    }
  }

  @Test
  void it_goes_on_where_it_was() {
    try (ChargeFile file = ChargeFile.open(path(), TOPIC)) {
      assertThat(file.next()).isEmpty();
      file.load(TOPIC, List.of(Lines.line("acme", "u", 1, "1")), Map.of(0, 7L, 2, 3L));
      file.load(TOPIC, List.of(Lines.line("acme", "u", 2, "1")), Map.of(2, 4L));
    }
    try (ChargeFile file = ChargeFile.open(path(), TOPIC)) {
      assertThat(file.next()).isEqualTo(Map.of(0, 7L, 2, 4L));
      assertThat(file.ask("SELECT count(*) FROM charges").rows()).containsExactly(List.of("2"));
    }
  }

  @Test
  void a_batch_that_fails_leaves_neither_rows_nor_offsets() {
    try (ChargeFile file = ChargeFile.open(path(), TOPIC)) {
      file.load(TOPIC, List.of(Lines.line("acme", "u", 1, "1")), Map.of(0, 1L));

      assertThatThrownBy(
              () ->
                  file.load(
                      TOPIC,
                      List.of(Lines.line("acme", "v", 1, "1"), Lines.line("acme", "u", 1, "1")),
                      Map.of(0, 3L)))
          .isInstanceOf(CommandException.class)
          .hasMessageContaining("can't write")
          .hasMessageContaining("charges.duckdb");
    }
    try (ChargeFile file = ChargeFile.open(path(), TOPIC)) {
      assertThat(file.next()).isEqualTo(Map.of(0, 1L));
      assertThat(file.ask("SELECT usage_id FROM charges").rows()).containsExactly(List.of("u"));
    }
  }

  @Test
  void another_topics_charges_are_refused() {
    try (ChargeFile file = ChargeFile.open(path(), TOPIC)) {
      file.load(TOPIC, List.of(Lines.line("acme", "u", 1, "1")), Map.of(0, 1L));
    }

    assertThatThrownBy(() -> ChargeFile.open(path(), new Source("cluster-2", "usage.charges")))
        .isInstanceOf(CommandException.class)
        .hasMessage(
            path()
                + " holds the charges of usage.charges of cluster cluster-1, not of usage.charges of"
                + " cluster cluster-2; choose another --file");
  }

  @Test
  void a_file_of_an_older_release_gains_the_newer_columns() throws SQLException {
    try (ChargeFile file = ChargeFile.open(path(), TOPIC)) {
      file.load(TOPIC, List.of(Lines.line("acme", "u", 1, "1")), Map.of(0, 1L));
    }
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + path());
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE charges DROP COLUMN month_to_date");
    }

    try (ChargeFile file = ChargeFile.open(path(), TOPIC)) {
      file.load(TOPIC, List.of(Lines.line("acme", "u", 2, "1")), Map.of(0, 2L));

      assertThat(file.ask("SELECT count(*), count(month_to_date) FROM charges").rows())
          .containsExactly(List.of("2", "0"));
    }
  }

  @Test
  void a_file_that_is_none_of_duckdbs_is_refused() throws IOException {
    Files.writeString(path(), "not a database ".repeat(1000));

    assertThatThrownBy(() -> ChargeFile.open(path(), TOPIC))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("can't open " + path() + " as a DuckDB file");
  }

  @Test
  void a_query_that_is_none_is_refused_and_changes_nothing() {
    try (ChargeFile file = ChargeFile.open(path(), TOPIC)) {
      assertThatThrownBy(() -> file.ask("SELEKT 1"))
          .isInstanceOf(CommandException.class)
          .hasMessageContaining("the query can't be answered");
      file.load(TOPIC, List.of(Lines.line("acme", "u", 1, "1")), Map.of(0, 1L));
      assertThat(file.ask("SELECT count(*) FROM charges").rows()).containsExactly(List.of("1"));
    }
  }
}
