package io.tokenmeter.serde;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * Finds numbers that a writer and a reader would understand differently: a decimal of another
 * scale, an instant in another unit. Avro resolves schemas by their plain types alone and reads
 * such bytes without complaint, and every digit of them would be wrong.
 */
final class NumberMeanings {
  private record Pair(Schema writer, Schema reader) {}

  private final Set<Pair> seen = new HashSet<>();

  private NumberMeanings() {}

  /** The first field that means something else, in words; empty when all agree. */
  static Optional<String> difference(Schema writer, Schema reader) {
    Schema renamed = Schema.applyAliases(writer, reader);
    return new NumberMeanings().compare(reader.getName(), renamed, reader);
  }

  private Optional<String> compare(String path, Schema writer, Schema reader) {
    if (writer.isUnion() || reader.isUnion()) {
      return branches(path, writer, reader);
    }
    if (writer.getType() != reader.getType()) {
      return leaf(path, writer, reader);
    }
    return switch (writer.getType()) {
      case RECORD -> fields(path, writer, reader);
      case ARRAY -> compare(path + "[]", writer.getElementType(), reader.getElementType());
      case MAP -> compare(path + "{}", writer.getValueType(), reader.getValueType());
      case INT, LONG, BYTES, FIXED -> leaf(path, writer, reader);
      case UNION, ENUM, STRING, FLOAT, DOUBLE, BOOLEAN, NULL -> Optional.empty();
    };
  }

  private Optional<String> fields(String path, Schema writer, Schema reader) {
    if (!seen.add(new Pair(writer, reader))) {
      return Optional.empty();
    }
    for (Schema.Field field : reader.getFields()) {
      Schema.Field written = writer.getField(field.name());
      if (written != null) {
        Optional<String> found =
            compare(path + "." + field.name(), written.schema(), field.schema());
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /** Each branch of the writer against the one that Avro would read it as. */
  private Optional<String> branches(String path, Schema writer, Schema reader) {
    for (Schema written : alternatives(writer)) {
      for (Schema read : alternatives(reader)) {
        boolean same =
            written.getType() == read.getType() && written.getFullName().equals(read.getFullName());
        Optional<String> found = same ? compare(path, written, read) : Optional.empty();
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static List<Schema> alternatives(Schema schema) {
    return schema.isUnion() ? schema.getTypes() : List.of(schema);
  }

  private static Optional<String> leaf(String path, Schema writer, Schema reader) {
    String written = meaning(writer);
    String read = meaning(reader);
    return written.equals(read)
        ? Optional.empty()
        : Optional.of(path + " was written as " + written + " and would be read as " + read);
  }

  private static String meaning(Schema schema) {
    String logical = schema.getProp("logicalType");
    if (logical == null) {
      return switch (schema.getType()) {
        case INT, LONG -> "a plain number";
        case BYTES, FIXED, STRING -> "plain bytes";
        case RECORD, ENUM, ARRAY, MAP, UNION, FLOAT, DOUBLE, BOOLEAN, NULL ->
            schema.getType().getName();
      };
    }
    if (!"decimal".equals(logical)) {
      return logical;
    }
    Object scale = schema.getObjectProp("scale");
    return "a decimal of " + (scale == null ? 0 : scale) + " places";
  }
}
