package io.tokenmeter.connect;

import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** The columns of a record, in the order of its fields. */
record Columns(Schema schema, List<Column> columns) {
  Columns {
    columns = List.copyOf(columns);
  }

  /**
   * @throws org.apache.kafka.connect.errors.DataException when a field holds what no column does
   */
  static Columns of(org.apache.avro.Schema record) {
    List<Column> columns =
        record.getFields().stream().flatMap(field -> Column.of(field).stream()).toList();
    SchemaBuilder struct = SchemaBuilder.struct().name(record.getFullName()).doc(record.getDoc());
    columns.forEach(column -> struct.field(column.name(), column.schema()));
    return new Columns(struct.build(), columns);
  }

  Struct row(GenericRecord record) {
    Struct row = new Struct(schema);
    for (Column column : columns) {
      row.put(column.name(), column.value(record));
    }
    return row;
  }
}
