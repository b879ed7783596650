package io.tokenmeter.ledger;

/** Where a metered fact stands; it stands in exactly one place at a time. */
public enum Standing {
  /** A half that waits for its other half. */
  WAITING,
  /** Its usage is billed at a price. */
  BILLED,
  /** Its usage is billed at 0 by policy. */
  FREE,
  /** A copy of what was there. */
  DUPLICATE,
  /** The same id with other content. */
  CONFLICT,
  /** Parked without a price. */
  UNPRICED,
  /** Somebody was told that its other half is missing. */
  UNMATCHED,
  /** Older than the horizon. */
  TOO_LATE
}
