package io.tokenmeter.ledger;

import io.tokenmeter.measured.Comparison;
import io.tokenmeter.measured.Meter;
import io.tokenmeter.rated.Amount;
import io.tokenmeter.raw.Quantity;
import java.util.EnumMap;
import java.util.Map;

/**
 * What was used in one window, of one model and billing type.
 *
 * @param requests number of charges, free ones included
 * @param amount what they cost
 * @param quantities how much of each meter was billed; a meter that was not used is not in it
 */
public record WindowTotals(long requests, Amount amount, Map<Meter, Quantity> quantities) {
  public static final WindowTotals NOTHING = new WindowTotals(0, Amount.ZERO, Map.of());

  public WindowTotals {
    quantities = Map.copyOf(quantities);
  }

  /** These totals and one more charge. */
  public WindowTotals plus(BilledUsage billed) {
    Map<Meter, Quantity> sums = copy();
    for (Comparison reading : billed.readings()) {
      Quantity quantity = reading.billed();
      if (quantity != null && !quantity.isZero()) {
        sums.merge(reading.meter(), quantity, Quantity::plus);
      }
    }
    return new WindowTotals(requests + 1, amount.plus(billed.amount()), sums);
  }

  /** Both together. */
  public WindowTotals plus(WindowTotals other) {
    Map<Meter, Quantity> sums = copy();
    other.quantities.forEach((meter, quantity) -> sums.merge(meter, quantity, Quantity::plus));
    return new WindowTotals(requests + other.requests, amount.plus(other.amount), sums);
  }

  private Map<Meter, Quantity> copy() {
    return quantities.isEmpty() ? new EnumMap<>(Meter.class) : new EnumMap<>(quantities);
  }
}
