package io.tokenmeter.app;

import io.tokenmeter.events.WatchedLedger;
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
import io.tokenmeter.rated.Rater;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the rules of the stages together: what is billed, what it counts as and what it costs. */
final class LedgerRules {
  private LedgerRules() {}

  static WatchedLedger of(TokenmeterConfig config) {
    return new WatchedLedger(
        new Ledger(LedgerRules::choose, Rater::rate, LedgerRules::billingType, defaults(config)));
  }

  static LedgerDefaults defaults(TokenmeterConfig config) {
    return new LedgerDefaults(
        config.defaultBook(),
        config.defaultUnit(),
        config.defaultZone(),
        config.dedupeHorizon(),
        config.answerWait());
  }

  private static Chosen choose(
      @Nullable MeasuredRequest request,
      MeasuredResponse response,
      BillingBasis basis,
      FailurePolicy policy) {
    Bill bill = Billable.exchange(request, response, basis, policy);
    List<BilledReading> comparison =
        bill.comparisons().stream()
            .map(
                meter ->
                    new BilledReading(
                        meter.meter(),
                        meter.dimensions(),
                        meter.reported(),
                        meter.counted(),
                        meter.billed(),
                        meter.provenance()))
            .toList();
    return new Chosen(
        bill.readings(), comparison, bill.freeReason().map(Enum::name).orElse(null), bill.flags());
  }

  private static String billingType(Call call, List<MeterReading> readings) {
    Map<String, String> conditions = new HashMap<>(call.attributes());
    conditions.put("operation", call.operation().wireName());
    if (call.billingType() != null) {
      conditions.put(BillingType.ATTRIBUTE, call.billingType());
    }
    return BillingType.of(readings, conditions).name();
  }
}
