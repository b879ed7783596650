package io.tokenmeter.connect;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** A real PostgreSQL with the shipped tables and views. */
final class Warehouse implements AutoCloseable {
  private static final Path SQL = Path.of("sql");

  private final EmbeddedPostgres postgres;
  private final Connection connection;

  private Warehouse(EmbeddedPostgres postgres, Connection connection) {
    this.postgres = postgres;
    this.connection = connection;
  }

  static Warehouse open() throws IOException, SQLException {
    EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
    Warehouse warehouse = new Warehouse(postgres, postgres.getPostgresDatabase().getConnection());
    warehouse.runTwice("tables.sql");
    return warehouse;
  }

  /** Makes the view and the tables that are filled by hand. */
  void prepareQueries() throws IOException, SQLException {
    runTwice("focus.sql");
    runTwice("invoices.sql");
  }

  /** As an upgrade does. */
  private void runTwice(String file) throws IOException, SQLException {
    execute(Files.readString(SQL.resolve(file)));
    execute(Files.readString(SQL.resolve(file)));
  }

  /** What a PostgreSQL definition takes from the environment. */
  Map<String, String> environment(String registryUrl) {
    return Map.of(
        "SCHEMA_REGISTRY_URL",
        registryUrl,
        "WAREHOUSE_URL",
        postgres.getJdbcUrl("postgres", "postgres"),
        "WAREHOUSE_USER",
        "postgres",
        "WAREHOUSE_PASSWORD",
        "postgres");
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The rows of one of the shipped queries. */
  List<Map<String, @Nullable Object>> shipped(String name) throws IOException, SQLException {
    return rows(Files.readString(SQL.resolve("queries").resolve(name + ".sql")));
  }

  List<Map<String, @Nullable Object>> rows(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<Map<String, @Nullable Object>> rows = new ArrayList<>();
      while (result.next()) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.put(result.getMetaData().getColumnLabel(i), result.getObject(i));
        }
        rows.add(row);
      }
      return rows;
    }
  }

  long count(String table) throws SQLException {
    return (Long) rows("SELECT count(*) AS count FROM " + table).get(0).get("count");
  }

  /** As psql's \copy does with a file. */
  void copy(String into, String csv) throws SQLException, IOException {
    try (Reader reader = new StringReader(csv)) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("COPY " + into + " FROM STDIN CSV HEADER", reader);
    }
  }

  @Override
  public void close() throws SQLException, IOException {
    connection.close();
    postgres.close();
  }
}
