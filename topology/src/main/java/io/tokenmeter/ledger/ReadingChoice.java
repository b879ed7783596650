package io.tokenmeter.ledger;

import io.tokenmeter.measured.Bill;
import io.tokenmeter.measured.BillingBasis;
import io.tokenmeter.measured.FailurePolicy;
import io.tokenmeter.measured.MeasuredRequest;
import io.tokenmeter.measured.MeasuredResponse;
import org.jspecify.annotations.Nullable;

/** Chooses what of an exchange is billed. */
@FunctionalInterface
public interface ReadingChoice {
  /**
   * The same arguments give the same choice.
   *
   * @param request null when it never came
   * @param response the answer
   */
  Bill choose(
      @Nullable MeasuredRequest request,
      MeasuredResponse response,
      BillingBasis basis,
      FailurePolicy policy);
}
