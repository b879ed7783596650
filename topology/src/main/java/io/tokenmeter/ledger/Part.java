package io.tokenmeter.ledger;

import io.tokenmeter.measured.Measured;
import io.tokenmeter.measured.MeasuredRequest;
import io.tokenmeter.measured.MeasuredResponse;
import io.tokenmeter.measured.MeasuredUsage;

/** Which part of a usage a fact is. */
public enum Part {
  REQUEST,
  RESPONSE,
  /** All of it: a usage record. */
  RECORD;

  static Part of(Measured fact) {
    if (fact instanceof MeasuredRequest) {
      return REQUEST;
    }
    if (fact instanceof MeasuredResponse) {
      return RESPONSE;
    }
    if (fact instanceof MeasuredUsage) {
      return RECORD;
    }
    throw new AssertionError("no part for " + fact.getClass());
  }
}
