package io.tokenmeter.serde;

import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;

/**
 * How records are written and read.
 *
 * @param expected the one class that belongs on the topic; empty where any may stand
 */
record SerdeSettings(
    RecordPart part,
    SubjectNames subjectNames,
    boolean autoRegister,
    boolean useLatest,
    boolean specificReader,
    boolean logicalTypes,
    Optional<Class<? extends SpecificRecord>> expected) {

  static SerdeSettings of(Map<String, ?> configs, RecordPart part) {
    Map<String, Object> values = SerdeConfig.parse(configs);
    String namesKey =
        switch (part) {
          case KEY -> SerdeConfig.KEY_SUBJECT_NAMES;
          case VALUE -> SerdeConfig.VALUE_SUBJECT_NAMES;
        };
    String typeKey =
        switch (part) {
          case KEY -> SerdeConfig.SPECIFIC_KEY_TYPE;
          case VALUE -> SerdeConfig.SPECIFIC_VALUE_TYPE;
        };
    return new SerdeSettings(
        part,
        SubjectNames.parse(namesKey, (String) values.get(namesKey)),
        (boolean) values.get(SerdeConfig.AUTO_REGISTER),
        (boolean) values.get(SerdeConfig.USE_LATEST),
        (boolean) values.get(SerdeConfig.SPECIFIC_READER),
        (boolean) values.get(SerdeConfig.LOGICAL_TYPES),
        Optional.ofNullable((Class<?>) values.get(typeKey)).map(type -> record(typeKey, type)));
  }

  private static Class<? extends SpecificRecord> record(String key, Class<?> type) {
    if (!SpecificRecord.class.isAssignableFrom(type)) {
      throw new ConfigException(
          key, type.getName(), "It must be a class that Avro generated from a record's schema");
    }
    return type.asSubclass(SpecificRecord.class);
  }
}
