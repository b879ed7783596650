package io.tokenmeter.measured;

/** Which of two figures for one quantity an organisation is billed by. */
public enum BillingBasis {
  /** What the provider reported, else our own count. */
  REPORTED,
  /** Our own count, else what the provider reported. */
  COUNTED
}
