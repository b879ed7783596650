package io.tokenmeter.query;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tokenmeter.raw.Rejection;
import io.tokenmeter.topics.Topics;

/** What came in by HTTP: what of it went to the raw topics, and what was refused at the door. */
final class IngestMetrics {
  static final String RECORDS =
      "Records that came by HTTP and that the brokers have on a raw topic.";
  static final String REFUSED = "Items and spans that came by HTTP and can't be published.";
  static final String HELD = "Bytes of batches that are being taken, in whole mebibytes.";
  private static final double MEBIBYTE = 1 << 20;

  private final MeterRegistry registry;

  IngestMetrics(MeterRegistry registry) {
    this.registry = registry;
    records(Topics.LLM_REQUESTS);
    records(Topics.LLM_RESPONSES);
    records(Topics.USAGE_RECORDS);
    for (Rejection code : Rejection.values()) {
      rejected(code);
    }
  }

  void watch(InFlight inFlight) {
    Gauge.builder("tokenmeter.ingest.held.bytes", inFlight, f -> f.heldMebibytes() * MEBIBYTE)
        .description(HELD)
        .register(registry);
  }

  void published(Topics topic) {
    records(topic).increment();
  }

  void refused(Rejection code) {
    rejected(code).increment();
  }

  private Counter records(Topics topic) {
    return Counter.builder("tokenmeter.ingest.records")
        .description(RECORDS)
        .tag("topic", topic.baseName())
        .register(registry);
  }

  private Counter rejected(Rejection code) {
    return Counter.builder("tokenmeter.ingest.refused")
        .description(REFUSED)
        .tag("reason", code.name())
        .register(registry);
  }
}
