package io.tokenmeter.events;

import io.tokenmeter.ledger.BilledReading;
import io.tokenmeter.ledger.Call;
import io.tokenmeter.ledger.Chosen;
import io.tokenmeter.ledger.Ledger;
import io.tokenmeter.ledger.LedgerDefaults;
import io.tokenmeter.measured.Bill;
import io.tokenmeter.measured.Billable;
import io.tokenmeter.measured.BillingBasis;
import io.tokenmeter.measured.FailurePolicy;
import io.tokenmeter.measured.MeasuredRequest;
import io.tokenmeter.measured.MeasuredResponse;
import io.tokenmeter.measured.MeterReading;
import io.tokenmeter.rated.BillingType;
import io.tokenmeter.rated.Condition;
import io.tokenmeter.rated.Rater;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stages' rules put together: what measuring chooses, rating prices and the ledger posts. */
public final class LedgerRules {
  private LedgerRules() {}

  /** The ledger with its events, by the rules of this release. */
  public static WatchedLedger with(LedgerDefaults defaults) {
    return new WatchedLedger(
        new Ledger(LedgerRules::choose, Rater::rate, LedgerRules::billingType, defaults));
  }

  private static Chosen choose(
      @Nullable MeasuredRequest request,
      MeasuredResponse response,
      BillingBasis basis,
      FailurePolicy policy) {
    Bill bill = Billable.exchange(request, response, basis, policy);
    List<BilledReading> readings =
        bill.comparisons().stream()
            .map(
                row ->
                    new BilledReading(
                        row.meter(),
                        row.dimensions(),
                        row.reported(),
                        row.counted(),
                        row.billed(),
                        row.provenance()))
            .toList();
    return new Chosen(
        bill.readings(), readings, bill.freeReason().map(Enum::name).orElse(null), bill.flags());
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
