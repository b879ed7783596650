package io.tokenmeter.ledger;

import io.tokenmeter.rated.Amount;
import java.util.ArrayList;
import java.util.List;

/**
 * An amount taken from grants in their order.
 *
 * @param drawn what each gave
 * @param left the grants that have something left
 * @param uncovered what they could not give
 */
record Drawing(List<GrantDraw> drawn, List<Grant> left, Amount uncovered) {
  static Drawing from(List<Grant> grants, Amount amount) {
    if (amount.signum() == 0) {
      return new Drawing(List.of(), grants, Amount.ZERO);
    }
    List<GrantDraw> drawn = new ArrayList<>();
    List<Grant> left = new ArrayList<>(grants.size());
    Amount uncovered = amount;
    for (Grant grant : grants) {
      Amount taken = uncovered.min(grant.remaining());
      if (taken.signum() > 0) {
        drawn.add(new GrantDraw(grant.id(), taken));
        uncovered = uncovered.minus(taken);
      }
      Amount remaining = grant.remaining().minus(taken);
      if (remaining.signum() > 0) {
        left.add(grant.withRemaining(remaining));
      }
    }
    return new Drawing(drawn, left, uncovered);
  }
}
