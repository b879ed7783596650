package io.tokenmeter.app.audit;

/** Facts by where they stand, while they are counted. */
final class Standings {
  long all;
  long billed;
  long free;
  long duplicate;
  long conflict;
  long unpriced;
  long unmatched;
  long tooLate;
  long waiting;
  long underWay;
}
