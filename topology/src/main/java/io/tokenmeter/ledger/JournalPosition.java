package io.tokenmeter.ledger;

import java.time.Instant;

/**
 * Where an entry stands in the journal, and the time that comes with it.
 *
 * @param partition of {@code ledger.journal}
 * @param offset in that partition
 * @param appendedAt the broker's append time: the ledger's only clock
 */
public record JournalPosition(int partition, long offset, Instant appendedAt) {
  public JournalPosition {
    if (partition < 0 || offset < 0) {
      throw new IllegalArgumentException(
          "journal position is " + partition + "/" + offset + "; both are 0 or more");
    }
  }
}
