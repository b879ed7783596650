package io.tokenmeter.ledger;

import io.tokenmeter.rated.MonthToDate;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of an organisation the price of a usage depends on.
 *
 * @param book the price book, or the plan
 * @param unit what its amounts are in; null before its first priced charge, which fixes it
 * @param zone of its months
 * @param deployments its own names of models, with the model that each stands for
 * @param months what rates with tiers counted in the open months
 */
public record PriceTerms(
    String book,
    @Nullable String unit,
    ZoneId zone,
    Map<String, String> deployments,
    List<MonthCounter> months) {
  public PriceTerms {
    deployments = Map.copyOf(deployments);
    months = List.copyOf(months);
  }

  /** As an account has them now. */
  public static PriceTerms of(Account account) {
    return new PriceTerms(
        account.settings().book(),
        account.unit(),
        account.settings().zone(),
        account.settings().deployments(),
        account.months());
  }

  /**
   * What was counted before a usage, of the month by whose tiers it is priced.
   *
   * @param billedAt when the ledger bills it
   */
  public MonthToDate before(Instant occurredAt, Instant billedAt) {
    return TierMonth.of(occurredAt, billedAt, zone).toDate(months);
  }
}
