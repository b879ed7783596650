package io.tokenmeter.measured;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** When something happened, by a gateway's clock, which can't be ahead of the broker's by much. */
final class Occurred {
  /** How far a gateway's clock may be ahead. */
  static final Duration MAX_AHEAD = Duration.ofMinutes(5);

  private Occurred() {}

  /** The time told, or the append time, flagged, where the time told is too far ahead of it. */
  static Instant clamped(Instant told, Instant appendedAt, Set<Flag> flags) {
    if (told.isAfter(appendedAt.plus(MAX_AHEAD))) {
      flags.add(Flag.TIME_CLAMPED);
      return appendedAt;
    }
    return told;
  }
}
