package io.tokenmeter.query;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tokenmeter.stream.LedgerStores;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;

/**
 * How large an application's stores are, standbys included, as RocksDB tells it. What it says of
 * entries is an estimate: one that was written again may count twice until it is compacted, and
 * Kafka Streams keeps a few of its own in each partition's store.
 */
final class StoreSizes {
  static final String ENTRIES = "Entries of a store on this instance, by RocksDB's estimate.";
  static final String BYTES = "Bytes of a store on this instance, on disk and in write buffers.";

  private static final String GROUP = "stream-state-metrics";
  private static final Set<String> ENTRY_METRICS = Set.of("estimate-num-keys");
  private static final Set<String> BYTE_METRICS =
      Set.of("total-sst-files-size", "size-all-mem-tables");

  private final KafkaStreams streams;

  StoreSizes(KafkaStreams streams) {
    this.streams = streams;
  }

  void register(MeterRegistry registry) {
    for (String store : LedgerStores.names()) {
      Gauge.builder("tokenmeter.store.entries", this, sizes -> sizes.sum(store, ENTRY_METRICS))
          .description(ENTRIES)
          .tag("store", store)
          .strongReference(true)
          .register(registry);
      Gauge.builder("tokenmeter.store.size", this, sizes -> sizes.sum(store, BYTE_METRICS))
          .description(BYTES)
          .baseUnit("bytes")
          .tag("store", store)
          .strongReference(true)
          .register(registry);
    }
  }

  private double sum(String store, Set<String> wanted) {
    double sum = 0;
    for (Map.Entry<MetricName, ? extends Metric> each : streams.metrics().entrySet()) {
      MetricName name = each.getKey();
      if (name.group().equals(GROUP)
          && wanted.contains(name.name())
          && name.tags().containsValue(store)
          && each.getValue().metricValue() instanceof Number value) {
        sum += value.doubleValue();
      }
    }
    return sum;
  }
}
