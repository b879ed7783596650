package io.tokenmeter.ledger;

import io.tokenmeter.measured.Comparison;
import io.tokenmeter.measured.Meter;
import io.tokenmeter.rated.Amount;
import io.tokenmeter.rated.Line;
import io.tokenmeter.raw.Quantity;
import java.util.EnumMap;
import java.util.Map;

/**
 * What was used in one window, of one model and billing type.
 *
 * @param requests number of charges, free ones included
 * @param amount what they cost
 * @param corrections how many of the charges occurred in a window that was closed already
 * @param corrected what of the amount is theirs
 * @param quantities how much of each meter was billed; a meter that was not used is not in it
 * @param amounts what each meter cost; they add up to the amount; a meter that no line was charged
 *     for is not in it
 */
public record WindowTotals(
    long requests,
    Amount amount,
    long corrections,
    Amount corrected,
    Map<Meter, Quantity> quantities,
    Map<Meter, Amount> amounts) {
  public static final WindowTotals NOTHING =
      new WindowTotals(0, Amount.ZERO, 0, Amount.ZERO, Map.of(), Map.of());

  public WindowTotals {
    quantities = Map.copyOf(quantities);
    amounts = Map.copyOf(amounts);
  }

  /**
   * These totals and one more charge.
   *
   * @param window whose totals these are
   */
  public WindowTotals plus(BilledUsage billed, Span window) {
    Map<Meter, Quantity> sums = copy(quantities);
    Map<Meter, Amount> costs = copy(amounts);
    for (Comparison reading : billed.readings()) {
      Quantity quantity = reading.billed();
      if (quantity != null && !quantity.isZero()) {
        sums.merge(reading.meter(), quantity, Quantity::plus);
      }
    }
    if (billed.priced() != null) {
      for (Line line : billed.priced().lines()) {
        costs.merge(line.meter(), line.amount(), Amount::plus);
      }
    }
    boolean its = window.holds(billed.call().occurredAt());
    return new WindowTotals(
        requests + 1,
        amount.plus(billed.amount()),
        its ? corrections : corrections + 1,
        its ? corrected : corrected.plus(billed.amount()),
        sums,
        costs);
  }

  /** Both together. */
  public WindowTotals plus(WindowTotals other) {
    Map<Meter, Quantity> sums = copy(quantities);
    Map<Meter, Amount> costs = copy(amounts);
    other.quantities.forEach((meter, quantity) -> sums.merge(meter, quantity, Quantity::plus));
    other.amounts.forEach((meter, cost) -> costs.merge(meter, cost, Amount::plus));
    return new WindowTotals(
        requests + other.requests,
        amount.plus(other.amount),
        corrections + other.corrections,
        corrected.plus(other.corrected),
        sums,
        costs);
  }

  private static <T> Map<Meter, T> copy(Map<Meter, T> sums) {
    return sums.isEmpty() ? new EnumMap<>(Meter.class) : new EnumMap<>(sums);
  }
}
