package io.tokenmeter.measured;

/** What a failed exchange costs an organisation. */
public enum FailurePolicy {
  /** What the provider reported, else nothing. */
  REPORTED,
  /** Nothing. */
  FREE,
  /** What the provider reported, else the text that was delivered, else the input. */
  DELIVERED
}
