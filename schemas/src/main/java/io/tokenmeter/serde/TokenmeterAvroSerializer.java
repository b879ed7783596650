package io.tokenmeter.serde;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.path.TracingNullPointException;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes specific and generic records in the Schema Registry's wire format. Configured by {@link
 * SerdeConfig}'s keys; safe for many threads once configured.
 */
public final class TokenmeterAvroSerializer implements Serializer<Object> {
  private record Source(String topic, Schema schema, boolean specific) {}

  private record Target(int schemaId, DatumWriter<IndexedRecord> writer) {}

  private final Map<Source, Target> targets = new ConcurrentHashMap<>();
  private @Nullable SerdeSettings settings;
  private @Nullable SchemaRegistryClient registry;

  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    settings = SerdeSettings.of(configs, RecordPart.of(isKey));
    registry = SchemaRegistryClient.of(configs);
  }

  /**
   * @return null for null: a tombstone
   * @throws SerializationException when it is no Avro record or has a field that its schema forbids
   * @throws RegistryUnavailableException when no registry answers
   * @throws RegistryRefusedException when the registry doesn't take the schema
   */
  @Override
  public byte @Nullable [] serialize(String topic, @Nullable Object data) {
    if (data == null) {
      return null;
    }
    if (!(data instanceof IndexedRecord datum)) {
      throw new SerializationException(
          "A "
              + data.getClass().getName()
              + " is no Avro record. Give the serializer of topic "
              + topic
              + " a specific or generic record.");
    }
    Source source = new Source(topic, datum.getSchema(), datum instanceof SpecificRecord);
    Target target = targets.get(source);
    if (target == null) {
      target = new Target(id(source), writer(datum));
      targets.put(source, target);
    }
    return encode(source, target, datum);
  }

  /**
   * What Avro says of a field that doesn't fit may quote the value, so only the kind of failure and
   * the path of a missing field get into the message, and the cause is left out.
   */
  private static byte[] encode(Source source, Target target, IndexedRecord datum) {
    try {
      return WireBuffer.encode(target.schemaId(), target.writer(), datum);
    } catch (TracingNullPointException e) {
      throw doesNotFit(source, e.getMessage());
    } catch (IOException | RuntimeException e) {
      throw doesNotFit(source, e.getClass().getSimpleName());
    }
  }

  private static SerializationException doesNotFit(Source source, String why) {
    return new SerializationException(
        "A record for topic "
            + source.topic()
            + " doesn't fit its schema "
            + source.schema().getFullName()
            + ": "
            + why);
  }

  private static DatumWriter<IndexedRecord> writer(IndexedRecord datum) {
    if (datum instanceof SpecificRecord) {
      return new SpecificDatumWriter<>(
          datum.getSchema(), SpecificData.getForClass(datum.getClass()));
    }
    return new GenericDatumWriter<>(datum.getSchema(), RecordModels.CONVERTED);
  }

  private int id(Source source) {
    if (settings == null || registry == null) {
      throw new IllegalStateException("configure must be called before serialize");
    }
    Schema schema = source.schema();
    String subject =
        settings.subjectNames().subject(source.topic(), settings.part(), schema.getFullName());
    if (settings.autoRegister()) {
      return registry.register(subject, schema);
    }
    if (settings.useLatest()) {
      return latest(registry, subject, schema);
    }
    return registry
        .idOf(subject, schema)
        .orElseThrow(
            () -> refused(subject, schema, "is not registered", SerdeConfig.AUTO_REGISTER));
  }

  private static int latest(SchemaRegistryClient registry, String subject, Schema schema) {
    SchemaRegistryClient.Latest latest =
        registry
            .latest(subject)
            .orElseThrow(
                () -> refused(subject, schema, "has no version", SerdeConfig.AUTO_REGISTER));
    String ours = SchemaNormalization.toParsingForm(schema);
    if (!ours.equals(SchemaNormalization.toParsingForm(latest.schema()))) {
      throw refused(
          subject,
          schema,
          "encodes differently from the latest version (id " + latest.id() + ")",
          SerdeConfig.AUTO_REGISTER);
    }
    return latest.id();
  }

  private static RegistryRefusedException refused(
      String subject, Schema schema, String why, String key) {
    return new RegistryRefusedException(
        "Schema "
            + schema.getFullName()
            + " "
            + why
            + " under subject "
            + subject
            + ". Register it, or set "
            + key
            + " to true.");
  }
}
