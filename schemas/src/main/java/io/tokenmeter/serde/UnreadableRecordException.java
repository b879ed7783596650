package io.tokenmeter.serde;

import java.util.Objects;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Bytes that will never be a record of the topic, however often they are read: a case for the dead
 * letters. The message names the schema and what is wrong with it, never what the bytes hold.
 */
public final class UnreadableRecordException extends SerializationException {
  private static final long serialVersionUID = 1L;

  /** What is wrong, for the dead letter's header. */
  public enum Kind {
    /** Not the wire format, or bytes that don't fit their schema. */
    UNREADABLE,
    /** The registry answered, and knows no schema of that id. */
    UNKNOWN_SCHEMA,
    /** A record of a type that doesn't belong here. */
    WRONG_TYPE,
  }

  private final Kind kind;

  UnreadableRecordException(Kind kind, String message) {
    super(message);
    this.kind = Objects.requireNonNull(kind, "kind");
  }

  public Kind kind() {
    return kind;
  }
}
