package io.tokenmeter.connect;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema.Field;
import org.apache.avro.Schema.Type;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * One column of a record: a field, or a field of a record that is a field, with both names.
 *
 * @param name as in the record; the outer name and the inner, with an underscore between
 * @param path the field's position in the record, and that of the inner one where there is one
 * @param type how its values are told
 * @param schema as Connect's sinks see it
 */
@SuppressWarnings("BadImport") // Avro's; the schema here is Connect's
record Column(String name, List<Integer> path, ColumnType type, Schema schema) {
  Column {
    path = List.copyOf(path);
  }

  /**
   * A field's columns: one, or one for each field of a record.
   *
   * @throws DataException when the field holds what no column does
   */
  static List<Column> of(Field field) {
    org.apache.avro.Schema value = value(field);
    if (value.getType() != Type.RECORD) {
      return List.of(of(field, "", List.of(), Presence.AS_DECLARED));
    }
    Presence presence = field.schema().isNullable() ? Presence.OPTIONAL : Presence.AS_DECLARED;
    List<Column> columns = new ArrayList<>();
    for (Field inner : value.getFields()) {
      columns.add(of(inner, field.name() + "_", List.of(field.pos()), presence));
    }
    return columns;
  }

  /** Whether a column may be empty though its own field may not, since the outer one may. */
  private enum Presence {
    AS_DECLARED,
    OPTIONAL,
  }

  private static Column of(Field field, String prefix, List<Integer> outer, Presence presence) {
    org.apache.avro.Schema value = value(field);
    String name = prefix + field.name();
    ColumnType type =
        ColumnType.of(value)
            .orElseThrow(
                () ->
                    new DataException(
                        "field "
                            + name
                            + " is "
                            + value.getType().getName()
                            + ", which is no column; choose a topic of flat records"));
    SchemaBuilder schema = type.schema().doc(field.doc());
    if (field.schema().isNullable() || presence == Presence.OPTIONAL) {
      schema.optional();
    } else if (field.hasDefaultValue() && type instanceof ColumnType.Text) {
      // Rows that are there already need a value when a table gains the column.
      schema.defaultValue(field.defaultVal());
    }
    List<Integer> path = new ArrayList<>(outer);
    path.add(field.pos());
    return new Column(name, path, type, schema.build());
  }

  /** Its value in a record. */
  @Nullable Object value(GenericRecord record) {
    Object avro = record;
    for (int position : path) {
      if (avro == null) {
        return null;
      }
      avro = ((GenericRecord) avro).get(position);
    }
    return avro == null ? null : type.value(avro);
  }

  /** What the field holds when it isn't null. */
  private static org.apache.avro.Schema value(Field field) {
    if (!field.schema().isUnion()) {
      return field.schema();
    }
    List<org.apache.avro.Schema> branches =
        field.schema().getTypes().stream().filter(branch -> branch.getType() != Type.NULL).toList();
    return branches.size() == 1 ? branches.get(0) : field.schema();
  }
}
