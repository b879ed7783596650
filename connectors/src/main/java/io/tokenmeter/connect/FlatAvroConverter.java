package io.tokenmeter.connect;

import io.tokenmeter.serde.SerdeConfig;
import io.tokenmeter.serde.TokenmeterAvroDeserializer;
import io.tokenmeter.serde.UnreadableRecordException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.Converter;
import org.jspecify.annotations.Nullable;

/**
 * Gives sinks Avro records as flat structs: one column a field, a record's own fields for a record,
 * and JSON for an array or a map. It takes the settings of {@link SerdeConfig}, with {@code
 * value.converter.} before them. It reads and doesn't write.
 */
public final class FlatAvroConverter implements Converter {
  /**
   * A tombstone. It has a schema, though there is no value: a sink that deletes rows takes null
   * without a schema for the end of a row that is already gone, and does nothing.
   */
  private static final SchemaAndValue GONE =
      new SchemaAndValue(SchemaBuilder.struct().optional().build(), null);

  private final TokenmeterAvroDeserializer deserializer = new TokenmeterAvroDeserializer();

  /** A field of the record is a column, so a changed schema is another set of columns. */
  private final Map<org.apache.avro.Schema, Columns> columns = new ConcurrentHashMap<>();

  @Override
  public ConfigDef config() {
    return SerdeConfig.definition();
  }

  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    Map<String, Object> generic = new HashMap<>(configs);
    // As they are on the wire: the columns give decimals and times the types that Connect has.
    generic.put(SerdeConfig.SPECIFIC_READER, false);
    generic.put(SerdeConfig.LOGICAL_TYPES, false);
    deserializer.configure(generic, isKey);
  }

  /**
   * @return null with a schema for null: a tombstone
   * @throws DataException when these bytes will never be a row
   * @throws io.tokenmeter.serde.RegistryUnavailableException when no registry answers; not a
   *     Connect exception on purpose, since those may end in the dead-letter topic
   */
  @Override
  public SchemaAndValue toConnectData(String topic, byte @Nullable [] value) {
    if (value == null) {
      return GONE;
    }
    Object decoded;
    try {
      decoded = deserializer.deserialize(topic, value);
    } catch (UnreadableRecordException e) {
      throw new DataException(topic + ": " + e.getMessage(), e);
    }
    if (!(decoded instanceof GenericRecord avro)) {
      throw new DataException(
          topic + ": holds a single value, not a record; choose a converter for plain values");
    }
    Columns to = columns.computeIfAbsent(avro.getSchema(), Columns::of);
    return new SchemaAndValue(to.schema(), to.row(avro));
  }

  /**
   * @throws DataException always: sources need another converter
   */
  @Override
  public byte[] fromConnectData(String topic, Schema schema, Object value) {
    throw new DataException(
        topic
            + ": FlatAvroConverter reads for sinks and doesn't write; give a source connector"
            + " another value.converter");
  }
}
