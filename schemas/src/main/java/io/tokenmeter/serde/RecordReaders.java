package io.tokenmeter.serde;

import io.tokenmeter.serde.UnreadableRecordException.Kind;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/** Chooses the class to read a writer's schema into. */
final class RecordReaders {
  private final SerdeSettings settings;

  RecordReaders(SerdeSettings settings) {
    this.settings = settings;
  }

  /**
   * @throws UnreadableRecordException of kind WRONG_TYPE when one class is expected and the schema
   *     is another record's; of kind UNREADABLE when a number would be misread
   */
  DatumReader<Object> of(int schemaId, Schema writer) {
    if (settings.expected().isPresent()) {
      Class<? extends SpecificRecord> type = settings.expected().get();
      SpecificData model = SpecificData.getForClass(type);
      Schema reader = model.getSchema(type);
      check(schemaId, writer, reader);
      checkNumbers(schemaId, writer, reader);
      return new SpecificDatumReader<>(writer, reader, model);
    }
    Optional<Class<?>> found = settings.specificReader() ? specific(writer) : Optional.empty();
    if (found.isPresent()) {
      SpecificData model = SpecificData.getForClass(found.get());
      Schema reader = model.getSchema(found.get());
      checkNumbers(schemaId, writer, reader);
      return new SpecificDatumReader<>(writer, reader, model);
    }
    GenericData model = settings.logicalTypes() ? RecordModels.CONVERTED : RecordModels.PLAIN;
    return new GenericDatumReader<>(writer, writer, model);
  }

  /** Avro itself lets a record of any name be read as any other whose fields resolve. */
  private static void check(int schemaId, Schema writer, Schema reader) {
    String name = writer.getType() == Schema.Type.RECORD ? writer.getFullName() : writer.getName();
    if (!name.equals(reader.getFullName()) && !reader.getAliases().contains(name)) {
      throw new UnreadableRecordException(
          Kind.WRONG_TYPE,
          "The value is a "
              + name
              + " (schema id "
              + schemaId
              + "), but a "
              + reader.getFullName()
              + " belongs here.");
    }
  }

  private static void checkNumbers(int schemaId, Schema writer, Schema reader) {
    Optional<String> difference = NumberMeanings.difference(writer, reader);
    if (difference.isPresent()) {
      throw new UnreadableRecordException(
          Kind.UNREADABLE,
          "The numbers of schema id "
              + schemaId
              + " mean something else: "
              + difference.get()
              + ". Write with the logical types of "
              + reader.getFullName()
              + ".");
    }
  }

  /** The class is looked at without being initialised, and only a generated record is used. */
  private static Optional<Class<?>> specific(Schema writer) {
    if (writer.getType() != Schema.Type.RECORD) {
      return Optional.empty();
    }
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    if (loader == null) {
      loader = RecordReaders.class.getClassLoader();
    }
    try {
      Class<?> type = Class.forName(writer.getFullName(), false, loader);
      return SpecificRecord.class.isAssignableFrom(type) ? Optional.of(type) : Optional.empty();
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }
}
