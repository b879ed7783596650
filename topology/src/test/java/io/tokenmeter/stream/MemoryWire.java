package io.tokenmeter.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The wire format with ids handed out in this process instead of by a registry: for tests of the
 * topologies alone, plugged in as any other serializer would be.
 */
public final class MemoryWire {
  private static final List<Schema> SCHEMAS = new CopyOnWriteArrayList<>();

  private MemoryWire() {}

  static RecordSerdes serdes() {
    return new RecordSerdes(
        Map.of(
            "schema.registry.url", "http://127.0.0.1:1",
            "avro.serializer.class", Out.class.getName(),
            "avro.deserializer.class", In.class.getName()));
  }

  static byte[] bytes(SpecificRecord record) {
    return new Out().serialize("any", record);
  }

  static <T> T record(byte[] bytes, Class<T> type) {
    return type.cast(new In().deserialize("any", bytes));
  }

  private static synchronized int id(Schema schema) {
    int known = SCHEMAS.indexOf(schema);
    if (known >= 0) {
      return known;
    }
    SCHEMAS.add(schema);
    return SCHEMAS.size() - 1;
  }

  /** Writes records. */
  public static final class Out implements Serializer<Object> {
    @Override
    public byte[] serialize(String topic, Object value) {
      SpecificRecord record = (SpecificRecord) value;
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try {
        bytes.write(ByteBuffer.allocate(5).put((byte) 0).putInt(id(record.getSchema())).array());
        var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new SpecificDatumWriter<SpecificRecord>(record.getSchema()).write(record, encoder);
        encoder.flush();
      } catch (IOException e) {
        throw new SerializationException(e);
      }
      return bytes.toByteArray();
    }
  }

  /** Reads records. */
  public static final class In implements Deserializer<Object> {
    @Override
    public Object deserialize(String topic, byte[] data) {
      if (data.length < 5 || data[0] != 0) {
        throw new SerializationException("not the wire format");
      }
      int id = ByteBuffer.wrap(data, 1, 4).getInt();
      if (id < 0 || id >= SCHEMAS.size()) {
        throw new SerializationException("no such schema");
      }
      try {
        return new SpecificDatumReader<>(SCHEMAS.get(id))
            .read(null, DecoderFactory.get().binaryDecoder(data, 5, data.length - 5, null));
      } catch (IOException | RuntimeException e) {
        throw new SerializationException(e);
      }
    }
  }
}
