package io.tokenmeter.stream;

import io.tokenmeter.raw.Rejection;

/**
 * Counts what becomes of every record, so that two equations can be watched:
 *
 * <pre>
 * raw = metered + rejected
 * facts = billed + duplicate + conflict + unpriced + unmatched + too late + waiting
 * </pre>
 *
 * <p>Called from stream threads. A transaction that is aborted counts again when it is repeated, so
 * these are rates to watch; the audit proves the equations from the topics.
 */
public interface Conservation {
  /** A record was read from a raw topic (the catalogue's name, without prefix). */
  void raw(String topic);

  /** A raw record became a journal entry. */
  void metered(String topic);

  /** A record went to the dead letters. */
  void rejected(String topic, Rejection code);

  /**
   * What became of facts in the ledger.
   *
   * @param disposition as in {@code io.tokenmeter.ledger.Disposition}, in lower case
   * @param facts how many; a billed exchange settles two halves
   */
  void fact(String disposition, int facts);

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
        public void fact(String disposition, int facts) {}
      };
}
