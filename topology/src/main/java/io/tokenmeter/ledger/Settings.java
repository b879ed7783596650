package io.tokenmeter.ledger;

import io.tokenmeter.measured.BillingBasis;
import io.tokenmeter.measured.FailurePolicy;
import io.tokenmeter.rated.Amount;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;

/**
 * How an organisation is charged and watched, with nothing left open.
 *
 * @param book the price book
 * @param zone of its days and months
 * @param lowBalanceThresholds ascending
 * @param quotas its spend quotas
 * @param overdraft how far below 0 the balance may go, 0 or more
 * @param billingBasis which figure is billed
 * @param failurePolicy what a failed exchange costs
 */
public record Settings(
    String book,
    ZoneId zone,
    List<Amount> lowBalanceThresholds,
    List<QuotaSetting> quotas,
    Amount overdraft,
    BillingBasis billingBasis,
    FailurePolicy failurePolicy) {
  public Settings {
    lowBalanceThresholds = List.copyOf(lowBalanceThresholds);
    quotas = List.copyOf(quotas);
  }

  /** The settings of an organisation that nobody configured. */
  static Settings of(LedgerDefaults defaults) {
    return of(new ConfigureOrg(null, null, List.of(), List.of(), null, null, null), defaults);
  }

  /** What a command says, with the defaults where it is silent. */
  static Settings of(ConfigureOrg command, LedgerDefaults defaults) {
    return new Settings(
        Objects.requireNonNullElse(command.book(), defaults.book()),
        Objects.requireNonNullElse(command.zone(), defaults.zone()),
        command.lowBalanceThresholds(),
        command.quotas(),
        Objects.requireNonNullElse(command.overdraft(), Amount.ZERO),
        Objects.requireNonNullElse(command.billingBasis(), BillingBasis.REPORTED),
        Objects.requireNonNullElse(command.failurePolicy(), FailurePolicy.REPORTED));
  }
}
