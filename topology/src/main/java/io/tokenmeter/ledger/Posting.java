package io.tokenmeter.ledger;

import io.tokenmeter.rated.Amount;
import java.time.Instant;

/**
 * One movement of a balance: the only thing that moves it. A free charge moves it by 0.
 *
 * @param kind what moved it
 * @param sequence the organisation's count of postings, from 1, without gaps
 * @param datedAt the append time of the entry that made it; of a grant that became effective later
 *     than it came and of an expiry, the instant at which that happened, whenever it was posted
 * @param before the balance before it
 * @param after the balance after it
 */
public record Posting(Kind kind, long sequence, Instant datedAt, Amount before, Amount after) {
  /** What moves a balance. */
  public enum Kind {
    /** A grant became effective. */
    GRANT,
    /** A grant expired with something left. */
    EXPIRY,
    /** An operator corrected the balance. */
    ADJUSTMENT,
    /** A usage was billed. */
    CHARGE
  }
}
