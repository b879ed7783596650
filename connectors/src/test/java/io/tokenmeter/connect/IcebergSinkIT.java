package io.tokenmeter.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tokenmeter.embedded.EmbeddedKafka;
import io.tokenmeter.schema.ChargeLine;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.io.CloseableIterable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped definitions in a real worker, read back with Iceberg's own reader. */
class IcebergSinkIT {
  private static final int LINES = 50_000;
  private static final long SEED = 20261123;
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final TableIdentifier TABLE = TableIdentifier.of("tokenmeter", "charges");

  /** What a table holds. */
  private record Loaded(Sums sums, Set<String> keys) {}

  @Test
  void every_line_lands_once_though_the_worker_is_killed_twice(@TempDir Path directory)
      throws Exception {
    Path warehouse = Files.createDirectory(directory.resolve("warehouse"));
    try (EmbeddedKafka kafka =
            EmbeddedKafka.start(directory.resolve("kafka"), EmbeddedKafka.ANY_PORT, Map.of());
        RegistryOfIds registry = new RegistryOfIds()) {
      ChargeTraffic traffic =
          new ChargeTraffic(
              kafka.bootstrapServers(), registry.add(ChargeLine.getClassSchema()), SEED);
      traffic.createTopics(
          List.of(
              "control-iceberg",
              "usage.billed",
              "events.low-balance",
              "events.quota-exceeded",
              "ledger.balances"));
      OtherTraffic others = new OtherTraffic(kafka.bootstrapServers(), registry);
      try (ConnectWorker worker =
          new ConnectWorker(
              Files.createDirectory(directory.resolve("worker")),
              kafka.bootstrapServers(),
              List.of(Path.of("target/plugins")),
              Stream.of(Landed.values()).map(one -> Path.of("iceberg", one.file())).toList(),
              changes(),
              Map.of(
                  "SCHEMA_REGISTRY_URL", registry.url(),
                  "WAREHOUSE_LOCATION", warehouse.toUri().toString()))) {
        worker.start();
        int quarter = LINES / 4;
        Sums sent = traffic.publish(quarter);
        for (int kill = 1; kill <= 2; kill++) {
          int committed = kill * quarter;
          awaitRows(warehouse, committed);
          CompletableFuture<Sums> more =
              CompletableFuture.supplyAsync(() -> Unchecked.call(() -> traffic.publish(quarter)));
          sent.add(more.get());
          worker.kill();
          System.out.println(
              "worker killed at " + load(warehouse).keys().size() + " rows of " + sent.lines());
          worker.start();
        }
        sent.add(traffic.publish(LINES - 3 * quarter));
        others.publish();
        awaitRows(warehouse, LINES);
        Sums topic = traffic.read();
        Loaded loaded = load(warehouse);

        assertThat(topic.byOrganisation()).isEqualTo(sent.byOrganisation());
        assertThat(loaded.sums().byOrganisation()).isEqualTo(topic.byOrganisation());
        assertThat(loaded.keys()).hasSize(LINES);
        for (Landed landed : Landed.values()) {
          assertThat(table(warehouse, landed).spec().fields())
              .extracting(PartitionField::name, field -> field.transform().toString())
              .containsExactly(
                  tuple(landed == Landed.BALANCES ? "as_of_day" : "occurred_at_day", "day"),
                  tuple("org_id_bucket", "bucket[16]"));
        }
        assertThat(rowsOf(warehouse, Landed.BILLED_USAGE, "request_origin_offset", "amount"))
            .containsExactly(List.of(1L, new BigDecimal("0.123456789012")));
        assertThat(rowsOf(warehouse, Landed.EVENTS, "type", "threshold", "quota_limit"))
            .containsExactlyInAnyOrder(
                Arrays.asList("LOW_BALANCE", new BigDecimal("5.000000000000"), null),
                Arrays.asList("EXCEEDED", null, new BigDecimal("50.000000000000")));
        assertThat(rowsOf(warehouse, Landed.BALANCES, "org_id", "sequence"))
            .as("appended, and a tombstone is nothing")
            .containsExactlyInAnyOrder(
                List.of("acme", 1L), List.of("acme", 2L), List.of("gone", 1L));
        assertThat(table(warehouse, Landed.BALANCES).schema().findField("account")).isNull();
        System.out.println(
            LINES + " lines, " + topic.amount() + " on the topic and in Iceberg, killed twice");
      }
    }
  }

  private static Map<String, String> changes() {
    Map<String, String> changes = new HashMap<>(ConnectWorker.SOON_MISSED);
    changes.put("iceberg.control.commit.interval-ms", "2000");
    changes.put("iceberg.control.commit.timeout-ms", "5000");
    changes.put("iceberg.kafka.session.timeout.ms", "6000");
    changes.put("iceberg.kafka.heartbeat.interval.ms", "2000");
    return changes;
  }

  private static void awaitRows(Path warehouse, long atLeast) {
    Awaitility.await(atLeast + " rows")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> rows(warehouse) >= atLeast);
  }

  /** From the newest snapshot's own summary; 0 as long as there is none. */
  private static long rows(Path warehouse) throws IOException {
    try (HadoopCatalog catalog = catalog(warehouse)) {
      if (!catalog.tableExists(TABLE)) {
        return 0;
      }
      Table table = catalog.loadTable(TABLE);
      return table.currentSnapshot() == null
          ? 0
          : Long.parseLong(table.currentSnapshot().summary().get("total-records"));
    }
  }

  private static Table table(Path warehouse, Landed landed) {
    TableIdentifier name = TableIdentifier.of("tokenmeter", landed.table());
    Awaitility.await(landed + " has a snapshot")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              try (HadoopCatalog catalog = catalog(warehouse)) {
                return catalog.tableExists(name)
                    && catalog.loadTable(name).currentSnapshot() != null;
              }
            });
    return catalog(warehouse).loadTable(name);
  }

  /** Some columns of each row, once as many rows are there as were sent. */
  private static List<List<Object>> rowsOf(Path warehouse, Landed landed, String... columns) {
    int expected =
        switch (landed) {
          case CHARGES -> LINES;
          case BILLED_USAGE -> 1;
          case EVENTS -> 2;
          case BALANCES -> 3;
        };
    return Awaitility.await(landed + " has its rows")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> read(table(warehouse, landed), columns), rows -> rows.size() >= expected);
  }

  private static List<List<Object>> read(Table table, String... columns) throws IOException {
    List<List<Object>> rows = new ArrayList<>();
    try (CloseableIterable<Record> records = IcebergGenerics.read(table).build()) {
      for (Record record : records) {
        rows.add(Stream.of(columns).map(record::getField).toList());
      }
    }
    return rows;
  }

  private static Loaded load(Path warehouse) throws IOException {
    Loaded loaded = new Loaded(new Sums(), new HashSet<>());
    try (HadoopCatalog catalog = catalog(warehouse);
        CloseableIterable<Record> rows = IcebergGenerics.read(catalog.loadTable(TABLE)).build()) {
      for (Record row : rows) {
        String organisation = (String) row.getField("org_id");
        loaded
            .sums()
            .add(
                organisation,
                new Sums.Sum(
                    1, (BigDecimal) row.getField("quantity"), (BigDecimal) row.getField("amount")));
        loaded
            .keys()
            .add(organisation + "|" + row.getField("usage_id") + "|" + row.getField("line"));
      }
    }
    return loaded;
  }

  private static HadoopCatalog catalog(Path warehouse) {
    return new HadoopCatalog(new Configuration(), warehouse.toUri().toString());
  }
}
