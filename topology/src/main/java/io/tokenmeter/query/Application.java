package io.tokenmeter.query;

import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;

/**
 * A Kafka Streams application of this process.
 *
 * @param name {@code measure} or {@code ledger}
 * @param state what it is doing now
 */
public record Application(String name, Supplier<KafkaStreams.State> state) {
  public Application(String name, KafkaStreams streams) {
    this(name, streams::state);
  }
}
