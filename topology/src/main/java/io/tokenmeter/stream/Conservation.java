package io.tokenmeter.stream;

import io.tokenmeter.ledger.BilledUsage;
import io.tokenmeter.ledger.Disposition;
import io.tokenmeter.rated.Amount;
import io.tokenmeter.raw.Rejection;

/**
 * Counts what becomes of every record, so that three equations can be watched:
 *
 * <pre>
 * raw = metered + rejected
 * facts = waiting + billed + free + duplicate + conflict + unpriced + unmatched + too late
 * holds that are open = holds opened − holds ended
 * </pre>
 *
 * <p>Called from stream threads. A transaction that is aborted counts again when it is repeated, so
 * these are rates to watch; the audit proves the equations from the topics.
 */
public interface Conservation {
  /** A record was read from a raw topic (its full name). */
  void raw(String topic);

  /** A raw record became a journal entry. */
  void metered(String topic);

  /** A record of any topic was refused. */
  void rejected(String topic, Rejection code);

  /** Facts changed their standing in the ledger. */
  void moved(Disposition disposition);

  /** A charge was posted. */
  void billed(BilledUsage billed);

  /** An id left the memory: a copy of it would be too late from now on, not a duplicate. */
  void forgotten();

  /** An open exchange holds something from now on, in a unit. */
  void holdOpened(String unit);

  /** An exchange holds nothing any more: it was billed or parked, or the hold expired. */
  void holdEnded(String unit);

  /** What is held in a unit, of all organisations of this process together, changed by so much. */
  void held(String unit, Amount change);

  /** Counts nothing. */
  Conservation NONE =
      new Conservation() {
        @Override
        public void raw(String topic) {}

        @Override
        public void metered(String topic) {}

        @Override
        public void rejected(String topic, Rejection code) {}

        @Override
        public void moved(Disposition disposition) {}

        @Override
        public void billed(BilledUsage billed) {}

        @Override
        public void forgotten() {}

        @Override
        public void holdOpened(String unit) {}

        @Override
        public void holdEnded(String unit) {}

        @Override
        public void held(String unit, Amount change) {}
      };
}
