package io.tokenmeter.ledger;

import java.time.Instant;

/**
 * A stretch of time.
 *
 * @param start the first instant in it
 * @param end the first instant after it
 */
public record Span(Instant start, Instant end) {
  public Span {
    if (!end.isAfter(start)) {
      throw new IllegalArgumentException(
          "a span ends after it starts, not " + start + " to " + end);
    }
  }

  public boolean holds(Instant instant) {
    return !instant.isBefore(start) && instant.isBefore(end);
  }
}
