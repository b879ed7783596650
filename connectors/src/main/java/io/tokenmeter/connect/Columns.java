package io.tokenmeter.connect;

import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** The columns of a flat record, in the order of its fields. */
record Columns(Schema schema, List<Column> columns) {
  Columns {
    columns = List.copyOf(columns);
  }

  /**
   * @throws org.apache.kafka.connect.errors.DataException when a field isn't flat
   */
  static Columns of(org.apache.avro.Schema record) {
    List<Column> columns = record.getFields().stream().map(Column::of).toList();
    SchemaBuilder struct = SchemaBuilder.struct().name(record.getFullName()).doc(record.getDoc());
    columns.forEach(column -> struct.field(column.name(), column.schema()));
    return new Columns(struct.build(), columns);
  }

  Struct row(GenericRecord record) {
    Struct row = new Struct(schema);
    for (int i = 0; i < columns.size(); i++) {
      row.put(columns.get(i).name(), columns.get(i).value(record.get(i)));
    }
    return row;
  }
}
