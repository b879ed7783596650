package io.tokenmeter.stream;

import io.tokenmeter.ledger.JournalReminder;
import java.time.Duration;

/**
 * What the ledger does by the clock. Each run is bounded in the number of entries it looks at, so
 * that a long list can't hold up traffic; what is left is looked at in the next run.
 */
final class Housekeeping {
  static final Duration INTERVAL = Duration.ofSeconds(1);
  static final int MOST_IN_A_RUN = 2_000;

  /** Takes the reminders that a run gives, to be written to the journal. */
  interface Reminders {
    void remind(JournalReminder reminder, long nowMs);
  }

  private Housekeeping() {}
}
