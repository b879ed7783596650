package io.tokenmeter.serde;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Serdes for one generated class, over whichever serializer and deserializer the configuration
 * names: {@code avro.serializer.class} and {@code avro.deserializer.class}.
 */
public final class RecordSerde {
  private RecordSerde() {}

  /**
   * A serde for a topic's values. Whatever the classes behind it, reading fails as {@link
   * TokenmeterAvroDeserializer} documents, and a value of another class is WRONG_TYPE.
   *
   * @param configs {@link SerdeConfig}'s keys, and others that the configured classes know
   * @throws ConfigException when a configured class is missing or of the wrong kind, or a value is
   *     out of range
   */
  public static <T extends SpecificRecord> Serde<T> ofValue(Class<T> type, Map<String, ?> configs) {
    Map<String, Object> all = new HashMap<>(configs);
    all.put(SerdeConfig.SPECIFIC_READER, true);
    all.put(SerdeConfig.SPECIFIC_VALUE_TYPE, type);
    Map<String, Object> values = SerdeConfig.parse(all);
    Serializer<Object> serializer =
        Instances.of(values, SerdeConfig.SERIALIZER_CLASS, Serializer.class);
    Deserializer<Object> deserializer =
        Instances.of(values, SerdeConfig.DESERIALIZER_CLASS, Deserializer.class);
    serializer.configure(all, false);
    deserializer.configure(all, false);
    return Serdes.serdeFrom(
        new RecordSerializer<T>(serializer), new RecordDeserializer<>(type, deserializer));
  }

  /**
   * The configured serializer itself: it writes records of any class.
   *
   * @throws ConfigException as {@link #ofValue}
   */
  @SuppressWarnings("unchecked")
  public static Serializer<Object> valueSerializer(Map<String, ?> configs) {
    Serializer<Object> serializer =
        Instances.of(SerdeConfig.parse(configs), SerdeConfig.SERIALIZER_CLASS, Serializer.class);
    serializer.configure(configs, false);
    return serializer;
  }
}
