package io.tokenmeter.ingest.otlp;

/** The value of an attribute, as far as one is wanted. */
sealed interface Attribute {
  /** {@code stringValue}. */
  record Text(String value) implements Attribute {}

  /** {@code intValue}, or a {@code doubleValue} that is whole. */
  record Whole(long value) implements Attribute {}

  /** Anything else; its value isn't kept. */
  record Other() implements Attribute {}
}
