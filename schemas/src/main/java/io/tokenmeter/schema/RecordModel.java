package io.tokenmeter.schema;

import org.apache.avro.specific.SpecificData;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Makes the model that every generated record reads and writes itself with; the build puts a call
 * of {@link #create()} where the generated code would make a plain one.
 *
 * <p>Avro loads a class that a schema names only when its package is trusted, since 1.12.2; the
 * enums and nested records of this package are such classes, and without trust not even a builder
 * with a default value works. A system property would do, but then every program that uses these
 * records would have to know of it. So the first record that is touched extends the trust by
 * exactly this package, and leaves all else as it was.
 */
final class RecordModel {
  private static final String PACKAGE = RecordModel.class.getPackageName();

  static {
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.getGlobal(), type -> PACKAGE.equals(type.getPackageName())));
  }

  private RecordModel() {}

  static SpecificData create() {
    return new SpecificData();
  }
}
