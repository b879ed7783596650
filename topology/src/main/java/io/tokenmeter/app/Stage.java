package io.tokenmeter.app;

/** Which of the two applications an instance runs. */
enum Stage {
  MEASURE,
  LEDGER,
  ALL;

  boolean measures() {
    return this != LEDGER;
  }

  boolean keepsLedger() {
    return this != MEASURE;
  }
}
