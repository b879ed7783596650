package io.tokenmeter.ledger;

import io.tokenmeter.rated.Amount;
import java.util.List;

/**
 * Who paid for a charge: grants, in the order in which they were drawn on, and debt.
 *
 * @param amount of the charge
 * @param before the balance before it
 * @param after the balance after it
 * @param drawn what each grant gave
 * @param debt what no grant covered
 */
public record Payment(
    Amount amount, Amount before, Amount after, List<GrantDraw> drawn, Amount debt) {
  /**
   * @throws IllegalStateException when the parts don't add up: the ledger has a defect
   */
  public Payment {
    drawn = List.copyOf(drawn);
    Amount paid = drawn.stream().map(GrantDraw::amount).reduce(debt, Amount::plus);
    if (!paid.equals(amount) || !before.minus(amount).equals(after)) {
      throw new IllegalStateException(
          "a charge of " + amount + " was paid with " + paid + " from " + before + " to " + after);
    }
  }
}
