package io.tokenmeter.connect;

import java.util.List;
import org.apache.avro.Schema.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * One field of a flat record.
 *
 * @param name as in the record
 * @param type how its values are told
 * @param schema as Connect's sinks see it
 */
record Column(String name, ColumnType type, Schema schema) {
  /**
   * @throws DataException when the field holds more than one value
   */
  static Column of(Field field) {
    org.apache.avro.Schema value = value(field);
    ColumnType type =
        ColumnType.of(value)
            .orElseThrow(
                () ->
                    new DataException(
                        "field "
                            + field.name()
                            + " is "
                            + value.getType().getName()
                            + ", which is no single column; choose a topic of flat records"));
    SchemaBuilder schema = type.schema().doc(field.doc());
    if (field.schema().isNullable()) {
      schema.optional();
    }
    return new Column(field.name(), type, schema.build());
  }

  @Nullable Object value(@Nullable Object avro) {
    return avro == null ? null : type.value(avro);
  }

  /** What the field holds when it isn't null. */
  private static org.apache.avro.Schema value(Field field) {
    if (!field.schema().isUnion()) {
      return field.schema();
    }
    List<org.apache.avro.Schema> branches =
        field.schema().getTypes().stream()
            .filter(branch -> branch.getType() != org.apache.avro.Schema.Type.NULL)
            .toList();
    return branches.size() == 1 ? branches.get(0) : field.schema();
  }
}
