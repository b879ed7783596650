package io.tokenmeter.serde;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;

/** Under which subject a schema is registered. */
public enum SubjectNames {
  /** {@code <topic>-key} or {@code <topic>-value}: one type a topic. The default. */
  TOPIC_NAME("TopicNameStrategy"),
  /** The record's full name: many types a topic, each of one history wherever it is used. */
  RECORD_NAME("RecordNameStrategy"),
  /** {@code <topic>-<full name>}: many types a topic, each of its own history there. */
  TOPIC_RECORD_NAME("TopicRecordNameStrategy");

  private static final String CONFLUENT = "io.confluent.kafka.serializers.subject.";
  private final String strategy;

  SubjectNames(String strategy) {
    this.strategy = strategy;
  }

  /**
   * @param value a constant's name, or Confluent's class name with or without its package
   * @throws ConfigException for any other
   */
  static SubjectNames parse(String key, String value) {
    String name = value.startsWith(CONFLUENT) ? value.substring(CONFLUENT.length()) : value;
    for (SubjectNames names : values()) {
      if (names.strategy.equals(name) || names.name().equals(name)) {
        return names;
      }
    }
    throw new ConfigException(
        key,
        value,
        "Use one of "
            + Arrays.stream(values()).map(n -> n.strategy).collect(Collectors.joining(", ")));
  }

  String subject(String topic, RecordPart part, String recordName) {
    return switch (this) {
      case TOPIC_NAME -> topic + part.suffix();
      case RECORD_NAME -> recordName;
      case TOPIC_RECORD_NAME -> topic + "-" + recordName;
    };
  }
}
