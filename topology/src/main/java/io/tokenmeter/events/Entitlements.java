package io.tokenmeter.events;

import io.tokenmeter.ledger.Account;
import io.tokenmeter.ledger.Entitlement;
import io.tokenmeter.ledger.QuotaCounter;
import io.tokenmeter.ledger.QuotaSetting;
import java.time.Instant;

/**
 * May an organisation call? Not when its balance is at the overdraft's end or below, and not while
 * a hard quota is used up in the window that holds the time of the question. Of two such quotas the
 * one whose window ends last is named, because that is when the answer changes.
 */
final class Entitlements {
  private Entitlements() {}

  static Entitlement answer(Account account, Instant now) {
    if (account.balance().compareTo(account.settings().overdraft().negated()) <= 0) {
      return Entitlement.EXHAUSTED;
    }
    QuotaCounter longest = null;
    for (QuotaCounter counter : account.quotas()) {
      if (denies(account, counter, now)
          && (longest == null || counter.span().end().isAfter(longest.span().end()))) {
        longest = counter;
      }
    }
    return longest == null
        ? Entitlement.ALLOWED
        : Entitlement.quotaExceeded(longest.id(), longest.span().end());
  }

  private static boolean denies(Account account, QuotaCounter counter, Instant now) {
    QuotaSetting quota = QuotaLevels.setting(account, counter);
    return quota.hard()
        && counter.span().holds(now)
        && quota.isReached(QuotaSetting.ALL_PERCENT, counter.used());
  }
}
