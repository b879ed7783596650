package io.tokenmeter.warehouse;

import io.tokenmeter.schema.ChargeLine;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/**
 * A column of the table: a field of a charge line.
 *
 * @param position of the field in the record
 * @param type DuckDB's name of it; times are UTC
 */
record ChargeColumn(String name, int position, String type) {
  /** All, in the order of the fields. */
  static List<ChargeColumn> all() {
    return ChargeLine.getClassSchema().getFields().stream().map(ChargeColumn::of).toList();
  }

  /** What follows ADD COLUMN and the like. */
  String definition() {
    return "\"" + name + "\" " + type;
  }

  void append(DuckDBAppender row, ChargeLine line) throws SQLException {
    append(row, line.get(position));
  }

  private static void append(DuckDBAppender row, @Nullable Object value) throws SQLException {
    if (value == null) {
      row.appendNull();
    } else if (value instanceof BigDecimal exact) {
      row.append(exact);
    } else if (value instanceof Instant instant) {
      row.append(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
    } else if (value instanceof Integer number) {
      row.append(number.intValue());
    } else if (value instanceof Long number) {
      row.append(number.longValue());
    } else {
      row.append(value.toString());
    }
  }

  private static ChargeColumn of(Field field) {
    Schema schema = field.schema();
    if (schema.isUnion()) {
      schema =
          schema.getTypes().stream()
              .filter(branch -> branch.getType() != Schema.Type.NULL)
              .findFirst()
              .orElseThrow();
    }
    return new ChargeColumn(field.name(), field.pos(), type(schema));
  }

  private static String type(Schema schema) {
    LogicalType logical = schema.getLogicalType();
    if (logical instanceof LogicalTypes.Decimal decimal) {
      return "DECIMAL(" + decimal.getPrecision() + ", " + decimal.getScale() + ")";
    }
    if (logical instanceof LogicalTypes.TimestampMillis) {
      return "TIMESTAMP";
    }
    return switch (schema.getType()) {
      case INT -> "INTEGER";
      case LONG -> "BIGINT";
      case STRING -> "VARCHAR";
      case RECORD, ENUM, ARRAY, MAP, UNION, FIXED, BYTES, FLOAT, DOUBLE, BOOLEAN, NULL ->
          throw new IllegalStateException("a charge line has a field of " + schema);
    };
  }
}
