package io.tokenmeter.warehouse;

import io.tokenmeter.app.CommandException;
import io.tokenmeter.app.DemoRun;
import io.tokenmeter.app.Directories;
import io.tokenmeter.app.LocalPlatform;
import io.tokenmeter.app.TokenmeterConfig;
import io.tokenmeter.app.audit.AuditReport;
import io.tokenmeter.app.demo.DemoTraffic;
import io.tokenmeter.schema.ChargeLine;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;

/** The demo's traffic through everything, its charges in a file, and the two held together. */
final class WarehouseDemo {
  private static final long SEED = 1;
  private static final int RATE = 200;

  private final Path file;
  private final int exchanges;
  private final Consumer<String> progress;

  WarehouseDemo(Path file, int exchanges, Consumer<String> progress) {
    this.file = file;
    this.exchanges = exchanges;
    this.progress = progress;
  }

  /**
   * Runs it.
   *
   * @param asking is given the file when all is in it
   * @return whether the audit passed and the file has what the topic has
   */
  boolean run(TokenmeterConfig given, Consumer<ChargeFile> asking) throws IOException {
    removeEarlier();
    Path directory = Files.createTempDirectory("tokenmeter-warehouse-");
    try (LocalPlatform platform =
        LocalPlatform.start(LocalPlatform.Plan.demo(directory, given), progress)) {
      return load(platform.config(), asking);
    } finally {
      Directories.delete(directory);
    }
  }

  private boolean load(TokenmeterConfig config, Consumer<ChargeFile> asking) {
    progress.accept("sending " + exchanges + " exchanges ...");
    Seen seen = new Seen();
    try (ChargeLoader loader = ChargeLoader.open(config, file)) {
      Loading loading = new Loading(loader, seen);
      AuditReport report;
      try (DemoRun run = new DemoRun(config, loading, () -> false)) {
        run.send(new DemoTraffic(SEED), exchanges, RATE);
        report = run.drain();
      }
      Map<TopicPartition, Long> ends = loader.ends();
      while (!loader.isAt(ends)) {
        loader.load();
      }
      progress.accept(loader.loaded() + " lines loaded into " + file);
      asking.accept(loader.file());
      return report.passed() && seen.isAllOf(loader.file());
    }
  }

  /** An earlier demo's file is of no use to a new one, and anybody else's is not ours to remove. */
  private void removeEarlier() throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    if (!file.getFileName().toString().equals("demo.duckdb")) {
      throw CommandException.wrongUsage(
          "%s exists, and a demo begins with a new file; choose another --file".formatted(file));
    }
    Files.delete(file);
    Files.deleteIfExists(file.resolveSibling(file.getFileName() + ".wal"));
  }

  /** Loads while the demo goes on. */
  private record Loading(ChargeLoader loader, Seen seen) implements DemoRun.Watcher {
    @Override
    public void show(SpecificRecord record) {
      if (record instanceof ChargeLine line) {
        seen.add(line);
      }
    }

    @Override
    public void progress(int exchanges) {
      loader.load();
    }
  }

  /** What the topic had, by organisation. */
  private static final class Seen {
    private final Map<String, BigDecimal> amounts = new TreeMap<>();

    void add(ChargeLine line) {
      amounts.merge(line.getOrgId(), line.getAmount(), BigDecimal::add);
    }

    boolean isAllOf(ChargeFile file) {
      Map<String, BigDecimal> held = new TreeMap<>();
      file.ask("SELECT org_id, sum(amount) FROM charges GROUP BY org_id")
          .rows()
          .forEach(row -> held.put(row.get(0), new BigDecimal(row.get(1)).setScale(12)));
      return held.equals(amounts);
    }
  }
}
