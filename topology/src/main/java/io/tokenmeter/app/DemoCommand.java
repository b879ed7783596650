package io.tokenmeter.app;

import io.tokenmeter.app.audit.AuditReport;
import io.tokenmeter.app.demo.DemoOrg;
import io.tokenmeter.app.demo.DemoTraffic;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Show everything on this machine: gateways' traffic, charges, balances and events.")
final class DemoCommand implements Callable<Integer> {
  private static final int WATCHED_RATE = 20;
  private static final int COUNTED_RATE = 200;

  /** Longer than it takes to close everything. */
  private static final Duration ENDING = Duration.ofSeconds(20);

  @Spec private CommandSpec spec;
  @Mixin private SettingsOptions settings;
  @Mixin private OutputOptions output;

  @Option(
      names = "--exchanges",
      paramLabel = "N",
      defaultValue = "0",
      description = "Stop after N exchanges and check everything; 0, the default, goes on.")
  private int exchanges;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description =
          "Exchanges a second, 1 to 10000; by default 20, which the eye can follow, and 200 with"
              + " --exchanges.")
  private @Nullable Integer askedRate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "What the traffic is made from; ${DEFAULT-VALUE} by default.")
  private long seed;

  private int rate;
  private volatile boolean stopping;

  @Override
  public Integer call() throws IOException {
    rate = askedRate != null ? askedRate : exchanges == 0 ? WATCHED_RATE : COUNTED_RATE;
    if (exchanges < 0 || rate < 1 || rate > 10_000) {
      throw CommandException.wrongUsage("--exchanges is 0 or more, --rate 1 to 10000");
    }
    long begun = System.nanoTime();
    PrintWriter err = err();
    Path directory = Files.createTempDirectory("tokenmeter-demo-");
    CountDownLatch ended = new CountDownLatch(1);
    Thread stop = new Thread(() -> stop(ended), "stop");
    Runtime.getRuntime().addShutdownHook(stop);
    try (LocalPlatform platform =
        LocalPlatform.start(
            LocalPlatform.Plan.demo(directory, settings.read()),
            line -> err.println("tokenmeter: %s (%s)".formatted(line, since(begun))))) {
      err.println("tokenmeter: ready (" + since(begun) + ")");
      return show(platform, begun);
    } finally {
      delete(directory);
      ended.countDown();
    }
  }

  private int show(LocalPlatform platform, long begun) {
    PrintWriter out = spec.commandLine().getOut();
    TokenmeterConfig config = platform.config();
    DemoScreen screen = new DemoScreen(out, output, Boolean.getBoolean("tokenmeter.terminal"));
    if (!output.json()) {
      out.println("console: " + platform.stages().url() + "/#token=" + platform.token());
      out.println(
          "queries: curl -H 'Authorization: Bearer "
              + platform.token()
              + "' "
              + platform.stages().url()
              + "/v1/orgs/"
              + DemoOrg.ALL.get(0).id()
              + "/balance");
    }
    try (DemoRun run = new DemoRun(config, screen, () -> stopping)) {
      try {
        run.send(new DemoTraffic(seed), exchanges, rate);
        AuditReport report = run.drain();
        if (!stopping) {
          screen.finish();
          summary(out, report, run.exchanges(), begun);
          return (report.passed() ? ExitCode.FINE : ExitCode.CHECK_FAILED).number();
        }
      } catch (KafkaException | CommandException e) {
        // Ctrl-C reaches the registry's process too, which is sooner gone than we are.
        if (!stopping) {
          throw e;
        }
      }
      screen.finish();
      err().println("tokenmeter: stopped after " + run.exchanges() + " exchanges");
      return ExitCode.FINE.number();
    }
  }

  /** What can't be deleted stays: that says nothing about the demo. */
  private void delete(Path directory) {
    try {
      Directories.delete(directory);
    } catch (IOException | UncheckedIOException e) {
      err().println("tokenmeter: " + directory + " is left behind: " + e.getMessage());
    }
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  private void summary(PrintWriter out, AuditReport report, int sent, long begun) {
    if (output.json()) {
      Map<String, Object> json = new HashMap<>(AuditLines.json(report));
      json.put("exchanges", sent);
      json.put("seed", seed);
      out.println(OutputOptions.json(json));
    } else {
      out.println();
      out.println("%d exchanges in %s, seed %d".formatted(sent, since(begun), seed));
      AuditLines.words(report).forEach(out::println);
    }
    out.flush();
  }

  /** Lets the demo come to its end, and then the process. */
  private void stop(CountDownLatch ended) {
    stopping = true;
    try {
      ended.await(ENDING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String since(long nanos) {
    long millis = (System.nanoTime() - nanos) / 1_000_000;
    return "%d.%d s".formatted(millis / 1000, millis % 1000 / 100);
  }
}
