package io.tokenmeter.measured;

/** What a failed exchange costs. {@link Billable} has the rules. */
public enum FailurePolicy {
  /** What the provider reported; without it a refused call is free: the default. */
  REPORTED,
  /** Nothing. */
  FREE,
  /** What the provider reported, else the text that was delivered, else the input. */
  DELIVERED
}
