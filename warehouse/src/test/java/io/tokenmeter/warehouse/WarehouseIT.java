package io.tokenmeter.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.app.LocalPlatform;
import io.tokenmeter.app.TokenmeterConfig;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command in a process of its own, against a real broker and registry. */
class WarehouseIT {
  private static final int LINES = 20_000;
  private static final int KILLS = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Pattern LOADED = Pattern.compile("(\\d+) lines loaded into");

  @TempDir private Path directory;

  @Test
  void a_loader_that_is_killed_loads_no_line_twice_and_misses_none() throws Exception {
    Path file = directory.resolve("charges.duckdb");
    try (LocalPlatform platform =
        LocalPlatform.start(
            LocalPlatform.Plan.demo(directory.resolve("platform"), TokenmeterConfig.of(Map.of())),
            step -> {})) {
      TokenmeterConfig config = platform.config();
      Traffic traffic = new Traffic(config);
      traffic.publish(LINES / (KILLS + 1));
      for (int kill = 1; kill <= KILLS; kill++) {
        Path log = directory.resolve("follow-" + kill + ".log");
        Process loader = warehouse(log, config, "--follow", "--file", file.toString());
        CompletableFuture<Void> more;
        try {
          awaitLoaded(loader, log, -1);
          long before = loaded(log);
          more = CompletableFuture.runAsync(() -> traffic.publish(LINES / (KILLS + 1)));
          awaitLoaded(loader, log, before);
        } finally {
          loader.destroyForcibly().onExit().join();
        }
        more.get();
        System.out.println("loader killed after " + loaded(log) + " lines");
      }
      Map<String, BigDecimal> expected = traffic.amounts();
      Path log = directory.resolve("last.log");
      Process last = warehouse(log, config, "--file", file.toString());
      assertThat(last.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(last.exitValue()).as(Files.readString(log)).isZero();

      assertThat(amounts(file)).isEqualTo(expected);
      assertThat(count(file, "count(*)")).isEqualTo(LINES);
      assertThat(count(file, "count(DISTINCT (org_id, usage_id, line))")).isEqualTo(LINES);
      assertThat(count(file, "count(*) FILTER (WHERE usage_id LIKE 'aborted-%')")).isZero();
      assertThat(Files.readString(log)).contains("organisation", "spent", "org-3");
      System.out.println(
          LINES + " lines on the topic and in the file, killed " + KILLS + " times: " + expected);
    }
  }

  @Test
  void the_demo_lands_in_a_file_and_answers_a_query() throws Exception {
    Path file = directory.resolve("new.duckdb");
    Path log = directory.resolve("demo.log");
    String[] demo = {"--demo", "--exchanges", "200", "--file", file.toString(), "--json"};

    Process process = warehouse(log, TokenmeterConfig.of(Map.of()), demo);
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    assertThat(Files.readString(log))
        .contains("{\"organisation\":\"atelier-lumiere\",\"billing type\":\"");
    assertThat(count(file, "count(*)")).isPositive();

    Process again = warehouse(log, TokenmeterConfig.of(Map.of()), demo);
    assertThat(again.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(again.exitValue()).isEqualTo(2);
    assertThat(Files.readString(log))
        .contains(file + " exists, and a demo begins with a new file; choose another --file");
  }

  @Test
  void no_broker_is_one_line_and_three() throws Exception {
    Path log = directory.resolve("none.log");
    TokenmeterConfig none = TokenmeterConfig.of(Map.of("bootstrap.servers", "127.0.0.1:1"));

    Process process =
        warehouse(
            log,
            none,
            "--file",
            directory.resolve("none.duckdb").toString(),
            "--set",
            "startup.timeout=1s");
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

    assertThat(process.exitValue()).isEqualTo(3);
    assertThat(Files.readString(log))
        .contains("tokenmeter: no broker answers at 127.0.0.1:1 within 1s");
    assertThat(directory.resolve("none.duckdb")).doesNotExist();
  }

  private static void awaitLoaded(Process loader, Path log, long moreThan) {
    Awaitility.await("lines loaded, see " + log)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              assertThat(loader.isAlive()).as(Files.readString(log)).isTrue();
              return loaded(log) > moreThan;
            });
  }

  private static Process warehouse(Path log, TokenmeterConfig config, String... args)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.tokenmeter.app.Main",
                "warehouse"));
    command.addAll(List.of(args));
    if (!List.of(args).contains("--demo")) {
      command.addAll(
          List.of(
              "--set",
              "bootstrap.servers=" + config.bootstrapServers(),
              "--set",
              "schema.registry.url=" + config.schemaRegistryUrl()));
    }
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  /** What the loader last told; -1 before it told anything. */
  private static long loaded(Path log) throws IOException {
    long last = -1;
    Matcher told = LOADED.matcher(Files.readString(log));
    while (told.find()) {
      last = Long.parseLong(told.group(1));
    }
    return last;
  }

  private static Map<String, BigDecimal> amounts(Path file) throws SQLException {
    Map<String, BigDecimal> amounts = new TreeMap<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT org_id, sum(amount) FROM charges GROUP BY org_id")) {
      while (rows.next()) {
        amounts.put(rows.getString(1), rows.getBigDecimal(2).setScale(12));
      }
    }
    return amounts;
  }

  private static long count(Path file, String what) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT " + what + " FROM charges")) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
