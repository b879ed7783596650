package io.tokenmeter.raw;

/**
 * Why a record can't be metered. The same word stands in the dead letter's header, the metric's tag
 * and an HTTP error.
 */
public enum Rejection {
  /** The value isn't in the Confluent wire format, or its bytes don't fit its schema. */
  UNREADABLE,
  /** The registry knows no schema of that id. */
  UNKNOWN_SCHEMA,
  /** A readable record, but not of the type that belongs on the topic. */
  WRONG_TYPE,
  /** An identifier that is needed is empty. */
  MISSING_ID,
  /** An identifier is too long or holds characters that are not allowed. */
  INVALID_ID,
  /** A field other than an identifier has a value outside its range. */
  INVALID_FIELD,
  /** A quantity is negative, absurdly large or has too many decimals. */
  INVALID_QUANTITY,
  /** The meter's name is not one that Tokenmeter knows. */
  UNKNOWN_METER,
  /** No dialect speaks for the provider and path, and the body's shape doesn't tell. */
  UNKNOWN_DIALECT,
  /** The body isn't what its dialect says it should be: broken JSON, a broken event stream. */
  BROKEN_BODY,
  /** A command that the ledger can't carry out. */
  INVALID_COMMAND,
}
