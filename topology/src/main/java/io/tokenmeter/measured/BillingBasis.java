package io.tokenmeter.measured;

/** Which figure is billed where there are two. */
public enum BillingBasis {
  /** What the provider reported, else our own count: the default. */
  REPORTED,
  /** Our own count, else what the provider reported. */
  COUNTED
}
