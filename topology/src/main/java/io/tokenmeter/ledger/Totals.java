package io.tokenmeter.ledger;

import io.tokenmeter.rated.Amount;

/**
 * Sums over all postings of an organisation, ever.
 *
 * @param granted of grants that have become effective
 * @param expired what was void when grants expired
 * @param adjusted signed sum of adjustments
 * @param billed of all charges
 */
public record Totals(Amount granted, Amount expired, Amount adjusted, Amount billed) {
  public static final Totals ZERO = new Totals(Amount.ZERO, Amount.ZERO, Amount.ZERO, Amount.ZERO);

  /** granted − expired + adjusted − billed. */
  public Amount balance() {
    return granted.minus(expired).plus(adjusted).minus(billed);
  }

  /** These totals after a posting that moves the balance by a signed amount. */
  Totals with(Posting.Kind kind, Amount moved) {
    return switch (kind) {
      case GRANT -> new Totals(granted.plus(moved), expired, adjusted, billed);
      case EXPIRY -> new Totals(granted, expired.minus(moved), adjusted, billed);
      case ADJUSTMENT -> new Totals(granted, expired, adjusted.plus(moved), billed);
      case CHARGE -> new Totals(granted, expired, adjusted, billed.minus(moved));
    };
  }
}
