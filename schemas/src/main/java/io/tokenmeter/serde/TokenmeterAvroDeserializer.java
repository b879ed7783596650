package io.tokenmeter.serde;

import io.tokenmeter.serde.UnreadableRecordException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Reads the Schema Registry's wire format into generated classes, or generic records where there is
 * none. A record of an older or newer schema is read as the class's own schema sees it. Configured
 * by {@link SerdeConfig}'s keys; safe for many threads once configured.
 */
public final class TokenmeterAvroDeserializer implements Deserializer<Object> {
  private record Source(Schema schema, DatumReader<Object> reader) {}

  private static final byte[] NOTHING = new byte[0];
  private static final ThreadLocal<BinaryDecoder> DECODER =
      ThreadLocal.withInitial(() -> DecoderFactory.get().binaryDecoder(NOTHING, null));

  private final Map<Integer, Source> sources = new ConcurrentHashMap<>();
  private @Nullable RecordReaders readers;
  private @Nullable SchemaRegistryClient registry;

  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    readers = new RecordReaders(SerdeSettings.of(configs, RecordPart.of(isKey)));
    registry = SchemaRegistryClient.of(configs);
  }

  /**
   * @return null for null: a tombstone
   * @throws UnreadableRecordException when these bytes will never be a record of the topic
   * @throws RegistryUnavailableException when no registry answers
   * @throws RegistryRefusedException when the registry refuses to tell
   */
  @Override
  public @Nullable Object deserialize(String topic, byte @Nullable [] data) {
    return data == null ? null : decode(data, 0, data.length);
  }

  /** As for an array; a buffer over an array is read in place. */
  @Override
  public @Nullable Object deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
    if (data == null) {
      return null;
    }
    if (data.hasArray()) {
      return decode(data.array(), data.arrayOffset() + data.position(), data.remaining());
    }
    byte[] bytes = Utils.toArray(data);
    return decode(bytes, 0, bytes.length);
  }

  private Object decode(byte[] bytes, int offset, int length) {
    int schemaId = WireFormat.schemaId(bytes, offset, length);
    Source source = sources.get(schemaId);
    if (source == null) {
      source = source(schemaId);
      sources.put(schemaId, source);
    }
    BinaryDecoder decoder =
        DecoderFactory.get()
            .binaryDecoder(
                bytes,
                offset + WireFormat.HEADER_BYTES,
                length - WireFormat.HEADER_BYTES,
                DECODER.get());
    try {
      Object datum = source.reader().read(null, decoder);
      if (!decoder.isEnd()) {
        throw doesNotFit(schemaId, source, "bytes are left over after it");
      }
      return datum;
    } catch (UnreadableRecordException | SecurityException e) {
      throw e;
    } catch (AvroTypeException e) {
      throw doesNotFit(schemaId, source, e.getMessage());
    } catch (IOException | RuntimeException e) {
      throw doesNotFit(schemaId, source, e.getClass().getSimpleName());
    } finally {
      DecoderFactory.get().binaryDecoder(NOTHING, decoder);
    }
  }

  private Source source(int schemaId) {
    if (readers == null || registry == null) {
      throw new IllegalStateException("configure must be called before deserialize");
    }
    Schema writer =
        registry
            .schema(schemaId)
            .orElseThrow(
                () ->
                    new UnreadableRecordException(
                        Kind.UNKNOWN_SCHEMA,
                        "The registry knows no schema of id "
                            + schemaId
                            + ". Register it there, or produce with this registry's serializer."));
    return new Source(writer, readers.of(schemaId, writer));
  }

  /**
   * A type mismatch is told in Avro's words, which name schemas alone; of any other failure only
   * its kind is told and the cause is left out, since it may quote what was read.
   */
  private static UnreadableRecordException doesNotFit(int schemaId, Source source, String why) {
    return new UnreadableRecordException(
        Kind.UNREADABLE,
        "The value doesn't fit its schema "
            + source.schema().getFullName()
            + " (id "
            + schemaId
            + "): "
            + why
            + ".");
  }
}
