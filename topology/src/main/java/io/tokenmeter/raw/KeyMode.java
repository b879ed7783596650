package io.tokenmeter.raw;

/** Whose provider key a call was made with. */
public enum KeyMode {
  /** The reseller's: the customer pays for the model and the service. */
  PLATFORM,
  /** The customer's own: the customer pays for the service alone. */
  OWN
}
