package io.tokenmeter.measured;

/** How a quantity is known, the best first. */
public enum Provenance {
  /** The provider said so. */
  REPORTED,
  /** Counted exactly with the model's public vocabulary, or read off the body. */
  TOKENIZED,
  /** Derived by a documented estimate. */
  ESTIMATED
}
