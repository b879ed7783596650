package io.tokenmeter.ledger;

import io.tokenmeter.rated.Amount;
import io.tokenmeter.raw.OrgId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the ledger knows about one organisation.
 *
 * <p>What always holds, and is checked whenever an account comes into being: {@code
 * totals.balance()} = the sum of what {@code grants} have left − {@code debt}; debt is 0 or more,
 * and 0 as long as a grant has anything left. A grant counts from the instant at which it becomes
 * effective: until then it waits in {@code pending}, in no total and in no balance, so that next
 * month's credits can't be spent today.
 *
 * @param orgId the organisation
 * @param settings how it is charged and watched
 * @param unit what its amounts are in, fixed by its first priced charge; null before that
 * @param sequence number of postings so far
 * @param totals sums over them
 * @param debt what no grant covered
 * @param grants effective and with something left, in {@link Grant#DRAW_ORDER}
 * @param pending not effective yet, in {@link Grant#DRAW_ORDER}
 * @param quotas what was spent in the open windows, by quota and start
 * @param low levels that the balance fell to and has not risen above since, ascending
 * @param entitlement the last answer that was given; null before the first
 * @param at the last entry that changed anything here; null before the first
 */
public record Account(
    OrgId orgId,
    Settings settings,
    @Nullable String unit,
    long sequence,
    Totals totals,
    Amount debt,
    List<Grant> grants,
    List<Grant> pending,
    List<QuotaCounter> quotas,
    List<Amount> low,
    @Nullable Entitlement entitlement,
    @Nullable JournalPosition at) {
  /**
   * @throws IllegalStateException when the sums don't agree: the ledger has a defect, and its state
   *     must not be stored
   */
  public Account {
    grants = List.copyOf(grants);
    pending = List.copyOf(pending);
    quotas = List.copyOf(quotas);
    low = List.copyOf(low);
    Amount left = grants.stream().map(Grant::remaining).reduce(Amount.ZERO, Amount::plus);
    if (!totals.balance().equals(left.minus(debt))) {
      throw new IllegalStateException(
          orgId
              + ": granted − expired + adjusted − billed is "
              + totals.balance()
              + ", but grants have "
              + left
              + " left and debt is "
              + debt);
    }
    if (debt.signum() < 0 || (debt.signum() > 0 && !grants.isEmpty())) {
      throw new IllegalStateException(
          orgId + ": debt is " + debt + " while grants have " + left + " left");
    }
  }

  /** An organisation of which nothing is known. */
  public static Account open(OrgId orgId, Settings settings) {
    return new Account(
        orgId,
        settings,
        null,
        0,
        Totals.ZERO,
        Amount.ZERO,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        null,
        null);
  }

  /** granted − expired + adjusted − billed. */
  public Amount balance() {
    return totals.balance();
  }

  /** This account after a posting that left these totals, this debt and these grants. */
  Account posted(Totals newTotals, Amount newDebt, List<Grant> newGrants) {
    return new Account(
        orgId,
        settings,
        unit,
        sequence + 1,
        newTotals,
        newDebt,
        newGrants,
        pending,
        quotas,
        low,
        entitlement,
        at);
  }

  Account withSettings(Settings newSettings) {
    return new Account(
        orgId,
        newSettings,
        unit,
        sequence,
        totals,
        debt,
        grants,
        pending,
        quotas,
        low,
        entitlement,
        at);
  }

  Account withUnit(String newUnit) {
    return new Account(
        orgId,
        settings,
        newUnit,
        sequence,
        totals,
        debt,
        grants,
        pending,
        quotas,
        low,
        entitlement,
        at);
  }

  Account withPending(List<Grant> newPending) {
    return new Account(
        orgId,
        settings,
        unit,
        sequence,
        totals,
        debt,
        grants,
        newPending,
        quotas,
        low,
        entitlement,
        at);
  }

  Account withQuotas(List<QuotaCounter> newQuotas) {
    return new Account(
        orgId,
        settings,
        unit,
        sequence,
        totals,
        debt,
        grants,
        pending,
        newQuotas,
        low,
        entitlement,
        at);
  }

  Account withPosition(JournalPosition position) {
    return new Account(
        orgId,
        settings,
        unit,
        sequence,
        totals,
        debt,
        grants,
        pending,
        quotas,
        low,
        entitlement,
        position);
  }

  /**
   * This account after somebody was told.
   *
   * @param newQuotas the counters with the levels that were told
   * @param newLow the levels that the balance is known to be at or below
   * @param newEntitlement the answer that was given
   * @param position the entry that was told about
   */
  public Account told(
      List<QuotaCounter> newQuotas,
      List<Amount> newLow,
      Entitlement newEntitlement,
      JournalPosition position) {
    return new Account(
        orgId,
        settings,
        unit,
        sequence,
        totals,
        debt,
        grants,
        pending,
        newQuotas,
        newLow,
        newEntitlement,
        position);
  }
}
