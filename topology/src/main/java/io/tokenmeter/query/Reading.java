package io.tokenmeter.query;

/**
 * What came of reading this instance's own stores.
 *
 * @param <T> what was asked for
 */
public sealed interface Reading<T> {
  /**
   * It is here.
   *
   * @param value what was asked for
   * @param source which copy it was read from
   */
  record Found<T>(T value, Source source) implements Reading<T> {}

  /** The organisation's partition is here, and nothing ever happened to the organisation. */
  record UnknownOrg<T>() implements Reading<T> {}

  /** This instance has no such copy, or can't read it now. Another may. */
  record NotHere<T>() implements Reading<T> {}

  /** The copy that was read. */
  sealed interface Source {
    /** The one that is written; the answer may include uncommitted postings. */
    record Active() implements Source {}

    /**
     * A standby, which holds what was committed.
     *
     * @param lagRecords how many of the state's changes it hasn't applied, at most a second ago; 0
     *     or more
     */
    record Standby(long lagRecords) implements Source {}
  }
}
