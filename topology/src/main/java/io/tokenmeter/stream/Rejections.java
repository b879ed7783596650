package io.tokenmeter.stream;

import io.tokenmeter.raw.Rejection;
import io.tokenmeter.serde.UnreadableRecordException;

/** What a deserializer refuses, in the project's own words. */
final class Rejections {
  private Rejections() {}

  static Rejection of(UnreadableRecordException.Kind kind) {
    return switch (kind) {
      case UNREADABLE -> Rejection.UNREADABLE;
      case UNKNOWN_SCHEMA -> Rejection.UNKNOWN_SCHEMA;
      case WRONG_TYPE -> Rejection.WRONG_TYPE;
    };
  }
}
