package io.tokenmeter.query;

import io.tokenmeter.ledger.Account;
import io.tokenmeter.ledger.Entitlement;
import io.tokenmeter.ledger.Grant;
import io.tokenmeter.ledger.JournalPosition;
import io.tokenmeter.ledger.Pace;
import io.tokenmeter.ledger.PriceTerms;
import java.time.Instant;

/** What an account looks like from outside. */
final class AccountViews {
  private AccountViews() {}

  static BalanceView balance(Account account, String unit, Instant at) {
    Pace pace = account.history().pace();
    return new BalanceView(
        account.orgId(),
        unit,
        account.settings().book(),
        account.balance(),
        account.holds().held(),
        account.available(),
        account.totals().granted(),
        account.totals().expired(),
        account.totals().adjusted(),
        account.totals().billed(),
        account.debt(),
        pace.lastHour(at),
        pace.runsOutAt(account.available(), at).orElse(null),
        account.settings().lowBalance().amounts(),
        account.grants().stream().map(AccountViews::grant).toList(),
        account.pending().stream().map(AccountViews::grant).toList(),
        account.sequence(),
        asOf(account));
  }

  static OrganisationView organisation(Account account, String unit, Instant at) {
    Entitlement entitlement = answer(account);
    Pace pace = account.history().pace();
    return new OrganisationView(
        account.orgId(),
        unit,
        account.balance(),
        account.available(),
        pace.lastHour(at),
        pace.runsOutAt(account.available(), at).orElse(null),
        entitlement.decision().name(),
        entitlement.reason(),
        asOf(account));
  }

  static EntitlementView entitlement(Account account) {
    Entitlement entitlement = answer(account);
    return new EntitlementView(
        account.orgId(),
        entitlement.decision().name(),
        entitlement.reason(),
        entitlement.until(),
        account.sequence(),
        asOf(account));
  }

  static GrantsView grants(Account account, String unit) {
    return new GrantsView(
        account.orgId(),
        unit,
        account.grants().stream().map(AccountViews::grant).toList(),
        account.pending().stream().map(AccountViews::grant).toList(),
        account.sequence(),
        asOf(account));
  }

  static TermsView terms(Account account) {
    return TermsView.of(account.orgId(), PriceTerms.of(account), account.sequence(), asOf(account));
  }

  private static Entitlement answer(Account account) {
    Entitlement entitlement = account.entitlement();
    if (entitlement == null) {
      throw new IllegalStateException(account.orgId() + " was stored without an entitlement");
    }
    return entitlement;
  }

  /**
   * Append time of the last entry that an account includes.
   *
   * @throws IllegalStateException when it includes none, which no stored account does
   */
  static Instant asOf(Account account) {
    JournalPosition at = account.at();
    if (at == null) {
      throw new IllegalStateException(account.orgId() + " was stored without a journal position");
    }
    return at.appendedAt();
  }

  private static GrantView grant(Grant grant) {
    return new GrantView(
        grant.id().value(),
        grant.kind().name(),
        grant.priority(),
        grant.amount(),
        grant.remaining(),
        grant.effectiveAt(),
        grant.expiresAt());
  }
}
