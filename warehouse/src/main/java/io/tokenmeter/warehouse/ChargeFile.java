package io.tokenmeter.warehouse;

import io.tokenmeter.app.CommandException;
import io.tokenmeter.schema.ChargeLine;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * A DuckDB file with the table {@code charges}. {@code loaded} says of each partition which offset
 * comes next. Both are written in one transaction: after a crash the file holds all of a batch and
 * goes on behind it, or nothing of it and reads it again.
 */
final class ChargeFile implements AutoCloseable {
  private final Path file;
  private final DuckDBConnection connection;
  private final List<ChargeColumn> columns;

  private ChargeFile(Path file, DuckDBConnection connection, List<ChargeColumn> columns) {
    this.file = file;
    this.connection = connection;
    this.columns = List.copyOf(columns);
  }

  /**
   * Opens the file, or makes it.
   *
   * @param topic whose charges it holds: the cluster's id and the topic's name
   * @throws CommandException when it holds those of another topic, or can't be opened
   */
  static ChargeFile open(Path file, Source topic) {
    try {
      DuckDBConnection connection =
          (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:" + file.toAbsolutePath());
      try {
        connection.setAutoCommit(false);
        List<ChargeColumn> columns = prepare(connection, file, topic);
        connection.commit();
        return new ChargeFile(file, connection, columns);
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw CommandException.unreachable(
          "can't open "
              + file
              + " as a DuckDB file: "
              + firstLine(e)
              + ". One process at a time may write it; end the other, or choose another --file");
    }
  }

  private static List<ChargeColumn> prepare(Connection connection, Path file, Source topic)
      throws SQLException {
    List<ChargeColumn> all = ChargeColumn.all();
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS charges ("
              + all.stream().map(ChargeColumn::definition).collect(Collectors.joining(", "))
              + ", PRIMARY KEY (org_id, usage_id, line))");
      statement.execute(
          "CREATE TABLE IF NOT EXISTS loaded (cluster VARCHAR, topic VARCHAR, \"partition\" INTEGER,"
              + " next_offset BIGINT, PRIMARY KEY (cluster, topic, \"partition\"))");
      try (ResultSet others =
          statement.executeQuery("SELECT DISTINCT cluster, topic FROM loaded")) {
        while (others.next()) {
          Source held = new Source(others.getString(1), others.getString(2));
          if (!held.equals(topic)) {
            throw CommandException.wrongUsage(
                "%s holds the charges of %s of cluster %s, not of %s of cluster %s; choose another --file"
                    .formatted(file, held.topic(), held.cluster(), topic.topic(), topic.cluster()));
          }
        }
      }
      return inTableOrder(statement, all);
    }
  }

  /** Rows are appended by position. */
  private static List<ChargeColumn> inTableOrder(Statement statement, List<ChargeColumn> all)
      throws SQLException {
    Map<String, ChargeColumn> byName =
        all.stream().collect(Collectors.toMap(ChargeColumn::name, Function.identity()));
    List<ChargeColumn> ordered = new ArrayList<>();
    Set<ChargeColumn> missing = new LinkedHashSet<>(all);
    try (ResultSet names =
        statement.executeQuery(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'charges'"
                + " ORDER BY ordinal_position")) {
      while (names.next()) {
        ChargeColumn column = byName.get(names.getString(1));
        if (column == null) {
          throw CommandException.wrongUsage(
              "the table charges has a column "
                  + names.getString(1)
                  + " that charges don't have: a newer release wrote it, or somebody else did. Use"
                  + " that release, or choose another --file");
        }
        ordered.add(column);
        missing.remove(column);
      }
    }
    // A file of an older release lacks the fields that came later.
    for (ChargeColumn column : missing) {
      statement.execute("ALTER TABLE charges ADD COLUMN " + column.definition());
      ordered.add(column);
    }
    return ordered;
  }

  /** Which offset of each partition comes next; those that are missing were never loaded. */
  Map<Integer, Long> next() {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT \"partition\", next_offset FROM loaded")) {
      Map<Integer, Long> next = new HashMap<>();
      while (rows.next()) {
        next.put(rows.getInt(1), rows.getLong(2));
      }
      return next;
    } catch (SQLException e) {
      throw failed("read", e);
    }
  }

  /**
   * Takes lines, and with them which offsets come next: both or neither.
   *
   * @throws CommandException when it can't; then nothing of it is there
   */
  void load(Source topic, List<ChargeLine> lines, Map<Integer, Long> next) {
    try {
      try (DuckDBAppender rows =
              connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "charges");
          PreparedStatement offsets =
              connection.prepareStatement("INSERT OR REPLACE INTO loaded VALUES (?, ?, ?, ?)")) {
        for (ChargeLine line : lines) {
          rows.beginRow();
          for (ChargeColumn column : columns) {
            column.append(rows, line);
          }
          rows.endRow();
        }
        rows.flush();
        for (Map.Entry<Integer, Long> partition : next.entrySet()) {
          offsets.setString(1, topic.cluster());
          offsets.setString(2, topic.topic());
          offsets.setInt(3, partition.getKey());
          offsets.setLong(4, partition.getValue());
          offsets.execute();
        }
      }
      connection.commit();
    } catch (SQLException e) {
      throw failed("write", e);
    }
  }

  /**
   * Answers a query.
   *
   * @throws CommandException when DuckDB doesn't understand it
   */
  Answer ask(String sql) {
    try {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(sql)) {
        return Answer.of(rows);
      } finally {
        // A query is for reading: what it may have changed is taken back.
        connection.rollback();
      }
    } catch (SQLException e) {
      throw CommandException.wrongUsage("the query can't be answered: " + firstLine(e));
    }
  }

  private CommandException failed(String what, SQLException e) {
    return CommandException.unreachable("can't " + what + " " + file + ": " + firstLine(e));
  }

  private static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /** Without a commit: what isn't committed by now never happened. */
  @Override
  public void close() {
    try {
      connection.rollback();
      connection.close();
    } catch (SQLException e) {
      throw failed("close", e);
    }
  }
}
