package io.tokenmeter.connect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a column can't hold otherwise, as JSON. Decimals are text, since most readers of JSON take
 * its numbers for binary fractions; instants are ISO 8601.
 */
final class AvroJson {
  private static final JsonFactory JSON = new JsonFactory();

  private AvroJson() {}

  static String text(Schema schema, Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator to = JSON.createGenerator(text)) {
      write(to, schema, value);
    } catch (IOException impossible) {
      throw new UncheckedIOException("text is written in memory", impossible);
    }
    return text.toString();
  }

  private static void write(JsonGenerator to, Schema schema, Object value) throws IOException {
    if (value instanceof GenericRecord record) {
      to.writeStartObject();
      for (Field field : record.getSchema().getFields()) {
        Object inner = record.get(field.pos());
        if (inner != null) {
          to.writeFieldName(field.name());
          write(to, field.schema(), inner);
        }
      }
      to.writeEndObject();
      return;
    }
    switch (schema.getType()) {
      case UNION -> {
        int branch = GenericData.get().resolveUnion(schema, value);
        write(to, schema.getTypes().get(branch), value);
      }
      case ARRAY -> {
        to.writeStartArray();
        for (Object element : (Iterable<?>) value) {
          write(to, schema.getElementType(), element);
        }
        to.writeEndArray();
      }
      case MAP -> {
        to.writeStartObject();
        // By name, so that the same record is the same text.
        Map<String, Object> byName = new TreeMap<>();
        ((Map<?, ?>) value).forEach((name, inner) -> byName.put(name.toString(), inner));
        for (Map.Entry<String, Object> entry : byName.entrySet()) {
          to.writeFieldName(entry.getKey());
          write(to, schema.getValueType(), entry.getValue());
        }
        to.writeEndObject();
      }
      case INT -> to.writeNumber((Integer) value);
      case LONG -> writeLong(to, schema.getLogicalType(), (Long) value);
      case BOOLEAN -> to.writeBoolean((Boolean) value);
      case BYTES -> writeBytes(to, schema.getLogicalType(), (ByteBuffer) value);
      case NULL -> to.writeNull();
      case STRING, ENUM, FIXED, FLOAT, DOUBLE, RECORD -> to.writeString(value.toString());
    }
  }

  private static void writeLong(JsonGenerator to, @Nullable LogicalType type, long value)
      throws IOException {
    if (type instanceof LogicalTypes.TimestampMillis) {
      to.writeString(Instant.ofEpochMilli(value).toString());
    } else {
      to.writeNumber(value);
    }
  }

  private static void writeBytes(JsonGenerator to, @Nullable LogicalType type, ByteBuffer value)
      throws IOException {
    if (type instanceof LogicalTypes.Decimal decimal) {
      BigDecimal exact = ColumnType.Exact.decimal(value, decimal.getScale());
      to.writeString(exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString());
    } else {
      byte[] bytes = new byte[value.remaining()];
      value.duplicate().get(bytes);
      to.writeString(Base64.getEncoder().encodeToString(bytes));
    }
  }
}
