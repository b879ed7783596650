package io.tokenmeter.ledger;

/** Why credits were granted. */
public enum GrantKind {
  PURCHASE,
  PROMOTION,
  INCLUDED,
  GIFT,
  /**
   * What a positive adjustment left after debt was paid; made by the ledger, never by a command.
   */
  ADJUSTMENT
}
