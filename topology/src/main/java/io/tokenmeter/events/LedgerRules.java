package io.tokenmeter.events;

import io.tokenmeter.ledger.Call;
import io.tokenmeter.ledger.Ledger;
import io.tokenmeter.ledger.LedgerDefaults;
import io.tokenmeter.measured.Billable;
import io.tokenmeter.measured.MeterReading;
import io.tokenmeter.rated.BillingType;
import io.tokenmeter.rated.Condition;
import io.tokenmeter.rated.Rater;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The stages' rules put together: what measuring chooses, rating prices and the ledger posts. */
public final class LedgerRules {
  private LedgerRules() {}

  /** The ledger with its events, by the rules of this release. */
  public static WatchedLedger with(LedgerDefaults defaults) {
    return new WatchedLedger(
        new Ledger(Billable::exchange, Rater::rate, LedgerRules::billingType, defaults));
  }

  private static String billingType(Call call, List<MeterReading> readings) {
    Map<String, String> conditions = new HashMap<>(call.attributes());
    conditions.put(Condition.OPERATION.wireName(), call.operation().wireName());
    if (call.billingType() != null) {
      conditions.put(BillingType.ATTRIBUTE, call.billingType());
    }
    return BillingType.of(readings, conditions).name();
  }
}
