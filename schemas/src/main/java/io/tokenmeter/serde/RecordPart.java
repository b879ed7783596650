package io.tokenmeter.serde;

/** Which half of a Kafka record is written or read. */
enum RecordPart {
  KEY,
  VALUE;

  static RecordPart of(boolean isKey) {
    return isKey ? KEY : VALUE;
  }

  String suffix() {
    return switch (this) {
      case KEY -> "-key";
      case VALUE -> "-value";
    };
  }
}
