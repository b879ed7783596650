package io.tokenmeter.stream;

import io.tokenmeter.serde.RecordSerde;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/** How records are read and written, by the configured serializer and deserializer. */
public final class RecordSerdes {
  private final Map<String, ?> configs;
  private final Serializer<Object> out;

  /**
   * Reads and writes as configured.
   *
   * @param configs those of {@link io.tokenmeter.serde.SerdeConfig}
   */
  public RecordSerdes(Map<String, ?> configs) {
    this.configs = Map.copyOf(configs);
    this.out = RecordSerde.valueSerializer(configs);
  }

  /** Reads records of one type. */
  <T extends SpecificRecord> Deserializer<T> in(Class<T> type) {
    return RecordSerde.ofValue(type, configs).deserializer();
  }

  /** Writes records of any type. */
  Serializer<Object> out() {
    return out;
  }

  /** Writes values that are bytes already. */
  static Serializer<Object> bytesOut() {
    ByteArraySerializer bytes = new ByteArraySerializer();
    return (topic, value) -> bytes.serialize(topic, (byte[]) value);
  }
}
