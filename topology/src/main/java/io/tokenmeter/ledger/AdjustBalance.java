package io.tokenmeter.ledger;

import io.tokenmeter.rated.Amount;

/**
 * A signed correction of a balance. Below 0 it draws on grants as a charge does; above 0 it pays
 * debt, and what is left becomes a grant of kind {@link GrantKind#ADJUSTMENT} that never expires
 * and is drawn on last.
 *
 * @param amount added to the balance: −10^15 to 10^15, not 0
 * @param reason why, for the auditor: 1 to 500 characters
 */
public record AdjustBalance(Amount amount, String reason) implements Instruction {
  private static final int REASON_LENGTH = 500;

  /**
   * @throws io.tokenmeter.raw.InvalidRecordException when a field is outside its range
   */
  public AdjustBalance {
    if (amount.signum() == 0) {
      throw Valid.invalid("amount is 0; an adjustment adds or takes something");
    }
    Valid.above0("amount without its sign", amount.signum() < 0 ? amount.negated() : amount);
    if (reason.isBlank() || reason.length() > REASON_LENGTH) {
      throw Valid.invalid(
          "reason has "
              + reason.length()
              + " characters; 1 to "
              + REASON_LENGTH
              + " that are not all blank are allowed");
    }
  }
}
