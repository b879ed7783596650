package io.tokenmeter.app;

import io.tokenmeter.app.audit.Audit;
import io.tokenmeter.app.audit.AuditReport;
import io.tokenmeter.app.demo.DemoExchange;
import io.tokenmeter.app.demo.DemoOrg;
import io.tokenmeter.app.demo.DemoTraffic;
import io.tokenmeter.app.demo.Sent;
import io.tokenmeter.embedded.EmbeddedPlatform;
import io.tokenmeter.topics.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

  /** Long enough to drain and audit, short enough for who presses Ctrl-C. */
  private static final Duration ENDING = Duration.ofSeconds(20);

  private static final Duration DRAINING = Duration.ofSeconds(90);
  private static final Duration DRAINING_ON_CTRL_C = Duration.ofSeconds(8);

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
    PrintWriter err = spec.commandLine().getErr();
    Path directory = Files.createTempDirectory("tokenmeter-demo-");
    CountDownLatch ended = new CountDownLatch(1);
    Thread stop = new Thread(() -> stop(ended), "stop");
    Runtime.getRuntime().addShutdownHook(stop);
    try (LocalPlatform platform =
        LocalPlatform.start(
            plan(directory),
            line -> err.println("tokenmeter: %s (%s)".formatted(line, since(begun))))) {
      err.println("tokenmeter: ready (" + since(begun) + ")");
      return show(platform, begun);
    } finally {
      Directories.delete(directory);
      ended.countDown();
    }
  }

  private LocalPlatform.Plan plan(Path directory) {
    Map<String, String> ours = new HashMap<>();
    ours.put(ConfigKeys.PARTITIONS, "2");
    ours.put(ConfigKeys.ANSWER_WAIT, "5s");
    ours.put(ConfigKeys.HTTP_LISTEN, "127.0.0.1:0");
    ours.put(ConfigKeys.STATE_CACHE, "32MiB");
    ours.putAll(settings.read().settings());
    return new LocalPlatform.Plan(directory, 0, 0, EmbeddedPlatform.Schemas.FORGOTTEN, ours);
  }

  private int show(LocalPlatform platform, long begun) {
    PrintWriter out = spec.commandLine().getOut();
    TokenmeterConfig config = platform.config();
    DemoScreen screen = new DemoScreen(out, output, Boolean.getBoolean("tokenmeter.terminal"));
    if (!output.json()) {
      out.println(
          "queries: curl "
              + platform.stages().url()
              + "/v1/orgs/"
              + DemoOrg.ALL.get(0).id()
              + "/balance");
    }
    Audit audit = new Audit();
    AuditFeed feed = new AuditFeed(config, audit);
    AuditReport report;
    int sent = 0;
    try (Publisher publisher = new Publisher(config);
        TopicTail tail = new TopicTail(config, AuditFeed.TOPICS)) {
      long raw = DemoBooks.open(publisher, Instant.now());
      DemoTraffic traffic = new DemoTraffic(seed);
      long trafficBegun = System.nanoTime();
      while (!stopping && (exchanges == 0 || sent < exchanges)) {
        long due = 1 + (System.nanoTime() - trafficBegun) * rate / 1_000_000_000L;
        while (sent < due && (exchanges == 0 || sent < exchanges)) {
          raw += send(publisher, traffic.next(Instant.now()));
          sent++;
        }
        tail.poll((topic, record) -> feed.take(topic, record).ifPresent(screen::show));
        screen.progress(sent);
      }
      publisher.flush();
      report = drain(tail, feed, audit, screen, sent, raw);
    }
    screen.finish();
    summary(out, report, sent, begun);
    return (report.passed() ? ExitCode.FINE : ExitCode.CHECK_FAILED).number();
  }

  /** Reads on until everything that was sent has come to its end, or too much time has gone by. */
  private AuditReport drain(
      TopicTail tail, AuditFeed feed, Audit audit, DemoScreen screen, int sent, long raw) {
    Duration patience = stopping ? DRAINING_ON_CTRL_C : DRAINING;
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      AuditReport report = audit.report();
      boolean isDrained =
          report.passed()
              && report.raw().total() == raw
              && report.underWay() == 0
              && report.waiting() == 0;
      if (isDrained || System.nanoTime() - deadline > 0) {
        return report;
      }
      tail.poll((topic, record) -> feed.take(topic, record).ifPresent(screen::show));
      screen.progress(sent);
    }
  }

  /** Publishes an exchange, and tells how many records that took. */
  private static int send(Publisher publisher, DemoExchange exchange) {
    for (Sent sent : exchange.sent()) {
      if (sent instanceof Sent.Request request) {
        publisher.send(Topics.LLM_REQUESTS, exchange.id(), request.value());
      } else if (sent instanceof Sent.Response response) {
        publisher.send(Topics.LLM_RESPONSES, exchange.id(), response.value());
      } else if (sent instanceof Sent.Usage usage) {
        publisher.send(Topics.USAGE_RECORDS, exchange.id(), usage.value());
      } else if (sent instanceof Sent.Garbage garbage) {
        publisher.sendBytes(
            Topics.LLM_REQUESTS, exchange.id(), garbage.value().getBytes(StandardCharsets.UTF_8));
      }
    }
    return exchange.sent().size();
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
