package io.tokenmeter.proof;

import io.tokenmeter.schema.AdjustBalance;
import io.tokenmeter.schema.ConfigureOrg;
import io.tokenmeter.schema.LedgerCommand;
import io.tokenmeter.schema.QuotaSetting;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** What operators send, as records. */
final class Commands {
  private Commands() {}

  static LedgerCommand settings(Sent.Settings settings, Instant now) {
    Sent.Terms terms = settings.terms();
    ConfigureOrg configure =
        ConfigureOrg.newBuilder()
            .setLowBalanceThresholds(terms.levels().stream().map(Commands::scaled).toList())
            .setQuotas(terms.quotas().stream().map(Commands::quota).toList())
            .setOverdraft(terms.overdraft().signum() == 0 ? null : scaled(terms.overdraft()))
            .setUsageDimensions(List.of())
            .build();
    return command(settings.org(), settings.id(), now, configure);
  }

  private static QuotaSetting quota(Sent.Quota quota) {
    return QuotaSetting.newBuilder()
        .setQuotaId(quota.id())
        .setWindow(quota.perMinute() ? "MINUTE" : "LIFETIME")
        .setLimit(scaled(quota.limit()))
        .setWarningPercents(quota.percents())
        .setHard(false)
        .setScope("ORGANISATION")
        .setMeter(quota.spend() ? "SPEND" : "REQUESTS")
        .setSteps(List.of())
        .build();
  }

  static LedgerCommand adjustment(Sent.Adjustment adjustment, Instant now) {
    return command(
        adjustment.org(),
        adjustment.id(),
        now,
        new AdjustBalance(scaled(adjustment.amount()), "by the crash suite"));
  }

  private static LedgerCommand command(String org, String id, Instant now, Object what) {
    return LedgerCommand.newBuilder()
        .setOrgId(org)
        .setCommandId(id)
        .setIssuedAt(now)
        .setCommand(what)
        .build();
  }

  private static BigDecimal scaled(BigDecimal value) {
    return value.setScale(12);
  }
}
