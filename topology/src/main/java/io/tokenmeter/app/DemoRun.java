package io.tokenmeter.app;

import io.tokenmeter.app.audit.Audit;
import io.tokenmeter.app.audit.AuditReport;
import io.tokenmeter.app.demo.DemoExchange;
import io.tokenmeter.app.demo.DemoTraffic;
import io.tokenmeter.app.demo.Sent;
import io.tokenmeter.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.apache.avro.specific.SpecificRecord;

/** The demo's traffic, and what comes of it as the topics show. */
public final class DemoRun implements AutoCloseable {
  /** After how long without any new record nothing more is waited for. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

  private final Publisher publisher;
  private final TopicTail tail;
  private final Audit audit = new Audit();
  private final AuditFeed feed;
  private final Watcher watcher;
  private final BooleanSupplier stopping;
  private int exchanges;
  private long records;

  /** Who is told what happens, always on the thread that sends and drains. */
  public interface Watcher {
    /** What was published, where it was decoded. */
    void show(SpecificRecord record);

    /** Once for each look at the topics. */
    void progress(int exchanges);
  }

  /**
   * Begins to read.
   *
   * @param stopping whether somebody asked to stop
   */
  public DemoRun(TokenmeterConfig config, Watcher watcher, BooleanSupplier stopping) {
    this.feed = new AuditFeed(config, audit);
    this.watcher = watcher;
    this.stopping = stopping;
    this.tail = new TopicTail(config, AuditFeed.TOPICS);
    this.publisher = new Publisher(config);
  }

  /** How many exchanges were sent. */
  public int exchanges() {
    return exchanges;
  }

  /**
   * Opens the accounts and sends traffic until there is enough of it or somebody stops it.
   *
   * @param most how many exchanges; 0 for no end
   * @param rate exchanges a second
   */
  public void send(DemoTraffic traffic, int most, int rate) {
    open(Instant.now());
    go(traffic, most, rate);
  }

  /** Opens the accounts as of an instant. */
  void open(Instant at) {
    records = DemoBooks.open(publisher, at);
  }

  /**
   * Sends traffic until there is enough of it or somebody stops it.
   *
   * @param most how many exchanges, with those that were sent before; 0 for no end
   * @param rate exchanges a second
   */
  void go(DemoTraffic traffic, int most, int rate) {
    int before = exchanges;
    long begun = System.nanoTime();
    while (!stopping.getAsBoolean() && !isEnough(most)) {
      long due = before + 1 + (System.nanoTime() - begun) * rate / SECOND_NANOS;
      while (exchanges < due && !isEnough(most)) {
        send(traffic.next(Instant.now()));
      }
      read();
    }
    publisher.flush();
  }

  /** Reads on until everything that was sent has come to its end, or nothing comes any more. */
  public AuditReport drain() {
    long newest = System.nanoTime();
    while (!stopping.getAsBoolean()) {
      if (read() > 0) {
        newest = System.nanoTime();
        continue;
      }
      AuditReport report = audit.report();
      boolean isDrained =
          report.passed()
              && report.raw().total() == records
              && report.underWay() == 0
              && report.waiting() == 0;
      if (isDrained || System.nanoTime() - newest > PATIENCE.toNanos()) {
        return report;
      }
    }
    return audit.report();
  }

  private boolean isEnough(int most) {
    return most > 0 && exchanges >= most;
  }

  private int read() {
    int read = tail.poll((topic, record) -> feed.take(topic, record).ifPresent(watcher::show));
    watcher.progress(exchanges);
    return read;
  }

  /** Sends one exchange. */
  void send(DemoExchange exchange) {
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
    exchanges++;
    records += exchange.sent().size();
  }

  @Override
  public void close() {
    try {
      publisher.close();
    } finally {
      tail.close();
    }
  }
}
