package io.tokenmeter.bench;

/** One thing that is measured. */
interface Scenario {
  /**
   * Measures.
   *
   * @throws BenchFailure when something that is measured fails
   */
  void run(Bench bench, Findings findings);
}
