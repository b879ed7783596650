package io.tokenmeter.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.embedded.EmbeddedKafka;
import io.tokenmeter.schema.ChargeLine;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped definition in a real worker against a real PostgreSQL. */
class PostgresqlSinkIT {
  private static final int LINES = 50_000;
  private static final long SEED = 20261122;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @Test
  void every_line_lands_once_though_the_worker_is_killed_twice(@TempDir Path directory)
      throws Exception {
    try (EmbeddedKafka kafka =
            EmbeddedKafka.start(directory.resolve("kafka"), EmbeddedKafka.ANY_PORT, Map.of());
        EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
        RegistryOfIds registry = new RegistryOfIds()) {
      ChargeTraffic traffic =
          new ChargeTraffic(
              kafka.bootstrapServers(), registry.add(ChargeLine.getClassSchema()), SEED);
      traffic.createTopics(List.of());
      try (ConnectWorker worker =
          new ConnectWorker(
              Files.createDirectory(directory.resolve("worker")),
              kafka.bootstrapServers(),
              List.of(Path.of("target/postgresql-sink"), Path.of("target/plugins")),
              List.of(Path.of("postgresql/charges-sink.json")),
              ConnectWorker.SOON_MISSED,
              Map.of(
                  "SCHEMA_REGISTRY_URL",
                  registry.url(),
                  "WAREHOUSE_URL",
                  postgres.getJdbcUrl("postgres", "postgres"),
                  "WAREHOUSE_USER",
                  "postgres",
                  "WAREHOUSE_PASSWORD",
                  "postgres"))) {
        worker.start();
        CompletableFuture<Sums> published =
            CompletableFuture.supplyAsync(() -> Unchecked.call(() -> traffic.publish(LINES)));
        for (int kill = 1; kill <= 2; kill++) {
          awaitRows(postgres, kill * LINES / 4, published);
          long before = rows(postgres);
          worker.kill();
          System.out.println("worker killed at " + before + " rows");
          worker.start();
        }
        Sums sent = published.get();
        traffic.publishGarbage();
        awaitRows(postgres, LINES, published);
        Sums topic = traffic.read();

        assertThat(topic.byOrganisation()).isEqualTo(sent.byOrganisation());
        assertThat(loaded(postgres).byOrganisation()).isEqualTo(topic.byOrganisation());
        assertThat(count(postgres, "SELECT count(DISTINCT (org_id, usage_id, line))"))
            .isEqualTo(LINES);
        System.out.println(
            LINES + " lines, " + topic.amount() + " on the topic and in PostgreSQL, killed twice");
      }
    }
  }

  private static void awaitRows(
      EmbeddedPostgres postgres, long atLeast, CompletableFuture<?> published) {
    Awaitility.await(atLeast + " rows")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              assertThat(published).isNotCompletedExceptionally();
              return rows(postgres) >= atLeast;
            });
  }

  /** 0 as long as the sink has not made the table. */
  private static long rows(EmbeddedPostgres postgres) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet there = statement.executeQuery("SELECT to_regclass('charges') IS NOT NULL")) {
      there.next();
      if (!there.getBoolean(1)) {
        return 0;
      }
    }
    return count(postgres, "SELECT count(*)");
  }

  private static long count(EmbeddedPostgres postgres, String select) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(select + " FROM charges")) {
      result.next();
      return result.getLong(1);
    }
  }

  private static Sums loaded(EmbeddedPostgres postgres) throws SQLException {
    Sums sums = new Sums();
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT org_id, count(*), sum(quantity), sum(amount) FROM charges"
                    + " GROUP BY org_id")) {
      while (result.next()) {
        sums.add(
            result.getString(1),
            new Sums.Sum(
                result.getLong(2),
                result.getBigDecimal(3).setScale(12),
                result.getBigDecimal(4).setScale(12)));
      }
    }
    return sums;
  }
}
