package io.tokenmeter.query;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tokenmeter.ledger.BilledUsage;
import io.tokenmeter.ledger.Disposition;
import io.tokenmeter.ledger.Standing;
import io.tokenmeter.measured.count.CountStatistics;
import io.tokenmeter.measured.count.Counters;
import io.tokenmeter.rated.Amount;
import io.tokenmeter.raw.Rejection;
import io.tokenmeter.stream.Conservation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.streams.KafkaStreams;

/**
 * The metrics of an instance. Three equations hold between them, of all instances together,
 * whenever nothing is under way:
 *
 * <pre>
 * raw     = metered + rejected                              for each topic
 * metered = billed + free + duplicate + conflict + unpriced + unmatched + too_late + waiting
 * </pre>
 *
 * <p>in the metrics' names:
 *
 * <pre>
 * tokenmeter_raw_total = tokenmeter_metered_total + tokenmeter_rejected_total
 * tokenmeter_metered_total{topic!="ledger.commands"} = sum over standing of tokenmeter_facts
 * tokenmeter_holds_opened_total = tokenmeter_holds_ended_total       when tokenmeter_held_amount = 0
 * </pre>
 *
 * <p>They count since the process started. What a transaction did that was aborted is counted again
 * when it is repeated, so an instance that was killed leaves a difference behind: watch how the
 * sides move, and prove the equations themselves with the audit, which reads the topics.
 */
public final class Metrics implements Conservation, AutoCloseable {
  /** The Prometheus text format. */
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  static final String RAW = "Records read from a raw topic.";
  static final String METERED = "Records of a raw topic that became an entry of the journal.";
  static final String REJECTED = "Records that went to the dead letters, by reason.";
  static final String FACTS =
      "Metered facts that came to a standing in the ledger, less those that left it again.";
  static final String HELD = "What is held for open exchanges now, by unit.";
  static final String HOLDS_OPENED = "Exchanges for which something began to be held.";
  static final String HOLDS_ENDED = "Exchanges for which nothing is held any more.";
  static final String FORGOTTEN = "Ids that left the memory of ids, being older than the horizon.";
  static final String TEXT =
      "Bytes of text counted by a vocabulary, by whether the count was remembered.";
  static final String REQUESTS = "Time to answer a request, by route and status.";
  static final String HOPS = "Requests passed on to another instance, by what came of it.";

  /** The application that keeps stores. */
  private static final String LEDGER = "ledger";

  private record Series(String name, List<String> tags) {}

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<String, AtomicReference<Amount>> held = new ConcurrentHashMap<>();
  private final Map<Series, LongAdder> counts = new ConcurrentHashMap<>();
  private final ChargeMetrics charges = new ChargeMetrics(registry);
  private final IngestMetrics ingest = new IngestMetrics(registry);
  private final List<KafkaStreamsMetrics> streams = new CopyOnWriteArrayList<>();

  /** All counters of a closed set stand at 0 from the start, so that an alert can see them move. */
  public Metrics() {
    for (Standing standing : Standing.values()) {
      facts(standing);
    }
    for (HttpPeers.Hop hop : HttpPeers.Hop.values()) {
      hops(hop);
    }
    counter("tokenmeter.forgotten.ids", FORGOTTEN);
  }

  @Override
  public void raw(String topic) {
    counter("tokenmeter.raw", RAW, "topic", topic).increment();
  }

  @Override
  public void metered(String topic) {
    counter("tokenmeter.metered", METERED, "topic", topic).increment();
  }

  @Override
  public void rejected(String topic, Rejection code) {
    counter("tokenmeter.rejected", REJECTED, "topic", topic, "reason", code.name()).increment();
  }

  @Override
  public void billed(BilledUsage billed) {
    charges.add(billed, Instant.now());
  }

  @Override
  public void holdOpened(String unit) {
    counter("tokenmeter.holds.opened", HOLDS_OPENED, "unit", unit).increment();
  }

  @Override
  public void holdEnded(String unit) {
    counter("tokenmeter.holds.ended", HOLDS_ENDED, "unit", unit).increment();
  }

  @Override
  public void held(String unit, Amount change) {
    held.computeIfAbsent(unit, this::heldIn).updateAndGet(sum -> sum.plus(change));
  }

  private AtomicReference<Amount> heldIn(String unit) {
    AtomicReference<Amount> sum = new AtomicReference<>(Amount.ZERO);
    Gauge.builder("tokenmeter.held.amount", sum, now -> now.get().value().doubleValue())
        .description(HELD)
        .tag("unit", unit)
        .register(registry);
    return sum;
  }

  @Override
  public void forgotten() {
    counter("tokenmeter.forgotten.ids", FORGOTTEN).increment();
  }

  @Override
  public void moved(Disposition disposition) {
    if (disposition.was() != null) {
      facts(disposition.was()).add(-disposition.facts());
    }
    facts(disposition.is()).add(disposition.facts());
  }

  /** Shows what Kafka Streams measures of itself, tagged with the application's name. */
  public void watch(String application, KafkaStreams watched) {
    KafkaStreamsMetrics metrics =
        new KafkaStreamsMetrics(watched, List.of(Tag.of("application", application)));
    metrics.bindTo(registry);
    streams.add(metrics);
    if (application.equals(LEDGER)) {
      new StoreSizes(watched).register(registry);
    }
  }

  /** Shows how much text is counted, and how much of it needn't be. */
  public void watch(Counters counters) {
    text(counters, "hit", CountStatistics::recalledBytes);
    text(counters, "miss", counted -> counted.bytes() - counted.recalledBytes());
  }

  private void text(Counters counters, String memo, ToDoubleFunction<CountStatistics> bytes) {
    FunctionCounter.builder(
            "tokenmeter.text.bytes", counters, c -> bytes.applyAsDouble(c.statistics()))
        .description(TEXT)
        .tag("memo", memo)
        .register(registry);
  }

  /** Shows what comes in by HTTP. */
  IngestMetrics ingest(InFlight inFlight) {
    ingest.watch(inFlight);
    return ingest;
  }

  void request(String route, int status, Duration took) {
    Timer.builder("tokenmeter.http.requests")
        .description(REQUESTS)
        .tag("route", route)
        .tag("status", Integer.toString(status))
        .register(registry)
        .record(took);
  }

  void hop(HttpPeers.Hop hop) {
    hops(hop).increment();
  }

  Answer scrape() {
    return Answer.of(
        200, CONTENT_TYPE, registry.scrape(CONTENT_TYPE).getBytes(StandardCharsets.UTF_8));
  }

  /** Lets go of the watched applications. */
  @Override
  public void close() {
    streams.forEach(KafkaStreamsMetrics::close);
    registry.close();
  }

  private Counter hops(HttpPeers.Hop hop) {
    return Counter.builder("tokenmeter.http.hops")
        .description(HOPS)
        .tag("result", hop.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }

  private LongAdder counter(String name, String description, String... tags) {
    return counts.computeIfAbsent(
        new Series(name, List.of(tags)),
        series -> {
          LongAdder adder = new LongAdder();
          FunctionCounter.builder(name, adder, LongAdder::doubleValue)
              .description(description)
              .tags(tags)
              .register(registry);
          return adder;
        });
  }

  private LongAdder facts(Standing standing) {
    return counts.computeIfAbsent(
        new Series("tokenmeter.facts", List.of(standing.name())),
        series -> {
          LongAdder adder = new LongAdder();
          Gauge.builder(series.name(), adder, LongAdder::doubleValue)
              .description(FACTS)
              .tag("standing", standing.name().toLowerCase(Locale.ROOT))
              .register(registry);
          return adder;
        });
  }
}
