package io.tokenmeter.ledger;

import io.tokenmeter.measured.Flag;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/**
 * How long an id is remembered, and what is too old to be trusted without its memory.
 *
 * <p>Let H be the horizon. What came at append time A and occurred at T is forgotten at F = max(A,
 * T) + H. What occurred at T and comes at A′ unremembered is too late when T + H ≤ A′. A copy that
 * comes once its id is forgotten has A′ ≥ F ≥ T + H, so it is too late: the two rules leave no gap
 * through which a copy could be billed, however late it comes.
 *
 * <p>Too late is said of a record, not of its id: an old half is too late even when a newer half of
 * the same id waits for it, because it may have been billed with another one that is forgotten.
 *
 * <p>All of it rests on a copy's T being the first one's. It isn't where measure replaced a time in
 * the future by the append time, which differs from copy to copy; such ids are never forgotten. Nor
 * are those of late usage that an operator had billed: acceptance overrides the second rule, so
 * only memory is left to tell a copy.
 */
record Horizon(Duration length) {
  /**
   * Append times of a partition may step back by a few seconds when its leader changes; what is
   * forgotten by rule is removed only this much later.
   */
  private static final Duration MARGIN = Duration.ofHours(1);

  boolean isTooLate(Instant occurredAt, Instant appendedAt) {
    return !occurredAt.plus(length).isAfter(appendedAt);
  }

  Instant forgetAt(Instant appendedAt, Instant occurredAt) {
    return later(appendedAt, occurredAt).plus(length);
  }

  /** When a usage of these parts is forgotten, counted from an append time. */
  Instant forgetAt(Instant appendedAt, Collection<Received> parts) {
    Instant latest = appendedAt;
    for (Received part : parts) {
      if (part.flags().contains(Flag.TIME_CLAMPED) || part.isAccepted()) {
        return Remembered.NEVER;
      }
      latest = later(latest, part.fact().occurredAt());
    }
    return latest.plus(length);
  }

  static boolean isForgotten(Remembered remembered, Instant appendedAt) {
    return !remembered.forgetAt().isAfter(appendedAt);
  }

  static boolean canRemove(Remembered remembered, Instant journal) {
    return !remembered.forgetAt().isAfter(journal.minus(MARGIN));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
