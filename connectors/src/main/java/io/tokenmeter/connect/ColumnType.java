package io.tokenmeter.connect;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Date;
import java.util.Optional;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Timestamp;

/** The types of the columns of Tokenmeter's records, and what Connect calls them. */
sealed interface ColumnType {
  /** A builder, so that the column can add whether it may be null. */
  SchemaBuilder schema();

  /** The value that Connect's sinks take for one as it is on the wire. */
  Object value(Object avro);

  /** Text, and the name of an enum's constant. */
  record Text() implements ColumnType {
    @Override
    public SchemaBuilder schema() {
      return SchemaBuilder.string();
    }

    @Override
    public Object value(Object avro) {
      return avro.toString();
    }
  }

  /** A number, a truth value or bytes, which Connect has too. */
  record Plain(org.apache.kafka.connect.data.Schema.Type type) implements ColumnType {
    @Override
    public SchemaBuilder schema() {
      return SchemaBuilder.type(type);
    }

    @Override
    public Object value(Object avro) {
      return avro;
    }
  }

  /** An exact decimal: the same digits and the same scale. */
  record Exact(int precision, int scale) implements ColumnType {
    /** Confluent's name for it, which sinks read: without it a column has no limit of digits. */
    static final String PRECISION = "connect.decimal.precision";

    @Override
    public SchemaBuilder schema() {
      return Decimal.builder(scale).parameter(PRECISION, Integer.toString(precision));
    }

    @Override
    public Object value(Object avro) {
      return decimal((ByteBuffer) avro, scale);
    }

    static BigDecimal decimal(ByteBuffer avro, int scale) {
      byte[] unscaled = new byte[avro.remaining()];
      avro.duplicate().get(unscaled);
      return new BigDecimal(new BigInteger(unscaled), scale);
    }
  }

  /** An instant in milliseconds, UTC. */
  record Moment() implements ColumnType {
    @Override
    public SchemaBuilder schema() {
      return Timestamp.builder();
    }

    @Override
    @SuppressWarnings("JavaUtilDate") // Connect's Timestamp is one.
    public Object value(Object avro) {
      return new Date((Long) avro);
    }
  }

  /** An array, a map or a record within one: as JSON. */
  record Nested(org.apache.avro.Schema schemaOfValues) implements ColumnType {
    @Override
    public SchemaBuilder schema() {
      return SchemaBuilder.string();
    }

    @Override
    public Object value(Object avro) {
      return AvroJson.text(schemaOfValues, avro);
    }
  }

  /** The type of a schema's values; empty when no column holds them. */
  static Optional<ColumnType> of(org.apache.avro.Schema schema) {
    LogicalType logical = schema.getLogicalType();
    if (logical instanceof LogicalTypes.Decimal decimal) {
      return schema.getType() == org.apache.avro.Schema.Type.BYTES
          ? Optional.of(new Exact(decimal.getPrecision(), decimal.getScale()))
          : Optional.empty();
    }
    if (logical instanceof LogicalTypes.TimestampMillis) {
      return Optional.of(new Moment());
    }
    if (logical != null) {
      return Optional.empty();
    }
    return switch (schema.getType()) {
      case STRING, ENUM -> Optional.of(new Text());
      case INT -> Optional.of(new Plain(org.apache.kafka.connect.data.Schema.Type.INT32));
      case LONG -> Optional.of(new Plain(org.apache.kafka.connect.data.Schema.Type.INT64));
      case BOOLEAN -> Optional.of(new Plain(org.apache.kafka.connect.data.Schema.Type.BOOLEAN));
      case BYTES -> Optional.of(new Plain(org.apache.kafka.connect.data.Schema.Type.BYTES));
      case RECORD, ARRAY, MAP -> Optional.of(new Nested(schema));
      case UNION, FIXED, FLOAT, DOUBLE, NULL -> Optional.empty();
    };
  }
}
