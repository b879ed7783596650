package io.tokenmeter.ledger;

import io.tokenmeter.measured.MeterReading;
import java.util.List;

/** Tells which billing type a usage counts as. */
@FunctionalInterface
public interface BillingTypeRule {
  /**
   * The same arguments give the same type.
   *
   * @param call who called whom; names the type when the usage record or the gateway did
   * @param readings what is billed
   */
  String billingType(Call call, List<MeterReading> readings);
}
