package io.tokenmeter.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * How a value lies in a state store and its changelog: one byte with the number of the schema that
 * wrote it, then Avro binary.
 *
 * <p>Stores are read by the code that wrote them or by a later release, never by others, so they
 * need no registry: a release that changes the schema appends it to the list, and values of the
 * older ones are resolved as they are read. Thread safe: Streams shares a store builder's serde
 * among threads.
 *
 * @param <T> the stage's own type
 * @param <R> the Avro record that it is kept as
 */
final class StateSerde<T, R extends SpecificRecord> implements Serde<T> {
  private final Function<T, R> encode;
  private final Function<R, T> decode;
  private final byte version;
  private final SpecificDatumWriter<R> writer;
  private final List<SpecificDatumReader<R>> readers;

  private static final class Buffers {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    private BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    private final BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(new byte[0], null);
    private @Nullable Object by;
    private @Nullable Object encoded;
    private byte[] encoding = new byte[0];
  }

  private static final ThreadLocal<Buffers> BUFFERS = ThreadLocal.withInitial(Buffers::new);

  /**
   * How values of one type are kept.
   *
   * @param schemas of all releases, the oldest first; the last one is the one that is written
   */
  StateSerde(List<Schema> schemas, Function<T, R> encode, Function<R, T> decode) {
    this.encode = encode;
    this.decode = decode;
    Schema newest = schemas.get(schemas.size() - 1);
    this.version = (byte) (schemas.size() - 1);
    this.writer = new SpecificDatumWriter<>(newest);
    this.readers =
        schemas.stream().map(written -> new SpecificDatumReader<R>(written, newest)).toList();
  }

  @Override
  public Serializer<T> serializer() {
    return (topic, value) -> value == null ? null : toBytes(value);
  }

  @Override
  public Deserializer<T> deserializer() {
    return (topic, bytes) -> bytes == null ? null : fromBytes(bytes);
  }

  /**
   * The bytes of a value. An account goes to {@code ledger.balances} and into its store, one right
   * after the other: what is asked for twice in a row is encoded once.
   *
   * @param value not changed after it was encoded
   * @return not to be changed
   */
  byte[] toBytes(T value) {
    Buffers buffers = BUFFERS.get();
    if (buffers.encoded != value || buffers.by != this) {
      buffers.encoding = encode(value, buffers);
      buffers.encoded = value;
      buffers.by = this;
    }
    return buffers.encoding;
  }

  private byte[] encode(T value, Buffers buffers) {
    buffers.bytes.reset();
    buffers.bytes.write(version);
    // Buffered, since unbuffered it takes the stream's lock for each byte; made ready anew, since a
    // value that failed may have left its beginning in the buffer.
    buffers.encoder = EncoderFactory.get().binaryEncoder(buffers.bytes, buffers.encoder);
    try {
      writer.write(encode.apply(value), buffers.encoder);
      buffers.encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffers.bytes.toByteArray();
  }

  T fromBytes(byte[] bytes) {
    int written = bytes[0];
    if (written < 0 || written >= readers.size()) {
      throw new IllegalStateException(
          "a stored value was written by schema "
              + written
              + " but this release knows 0 to "
              + (readers.size() - 1)
              + "; run the release that wrote it, or a later one");
    }
    BinaryDecoder decoder =
        DecoderFactory.get().binaryDecoder(bytes, 1, bytes.length - 1, BUFFERS.get().decoder);
    try {
      return decode.apply(readers.get(written).read(null, decoder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
