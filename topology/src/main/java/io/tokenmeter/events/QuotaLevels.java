package io.tokenmeter.events;

import io.tokenmeter.ledger.Account;
import io.tokenmeter.ledger.ContentHash;
import io.tokenmeter.ledger.JournalPosition;
import io.tokenmeter.ledger.Output;
import io.tokenmeter.ledger.QuotaCounter;
import io.tokenmeter.ledger.QuotaExceeded;
import io.tokenmeter.ledger.QuotaSetting;
import java.util.ArrayList;
import java.util.List;

/**
 * Levels of quotas. A level fires once in a window, when what was used in it is first seen at or
 * above the level: after a charge, or after a command that lowered the limit. A counter remembers
 * what fired in its window, and the next window has its own.
 */
final class QuotaLevels {
  private QuotaLevels() {}

  /**
   * Adds the events of an account's counters and returns the counters with what has fired.
   *
   * @param posted whether the entry moved money; without that, a command that changed a limit is
   *     told from another one by its place in the journal
   */
  static List<QuotaCounter> reach(
      Account account, boolean posted, JournalPosition at, String unit, List<Output> events) {
    String cause = account.sequence() + (posted ? "" : " " + at.partition() + "/" + at.offset());
    List<QuotaCounter> counters = new ArrayList<>(account.quotas().size());
    for (QuotaCounter counter : account.quotas()) {
      QuotaSetting quota = setting(account, counter);
      List<Integer> reached =
          quota.levels().stream().filter(p -> quota.isReached(p, counter.used())).toList();
      for (int percent : reached) {
        if (!counter.fired().contains(percent)) {
          events.add(event(account, quota, counter, percent, cause, at, unit));
        }
      }
      counters.add(reached.equals(counter.fired()) ? counter : counter.withFired(reached));
    }
    return List.copyOf(counters);
  }

  static QuotaSetting setting(Account account, QuotaCounter counter) {
    return account.settings().quotas().stream()
        .filter(quota -> quota.id().equals(counter.id()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(counter.id() + " counts for no quota"));
  }

  private static QuotaExceeded event(
      Account account,
      QuotaSetting quota,
      QuotaCounter counter,
      int percent,
      String cause,
      JournalPosition at,
      String unit) {
    ContentHash id =
        ContentHash.ofTexts(
            account.orgId().value(),
            quota.id().value(),
            Integer.toString(percent),
            counter.span().start().toString(),
            cause);
    return new QuotaExceeded(
        id.hex(),
        account.orgId(),
        quota.id(),
        percent,
        quota.window(),
        counter.span(),
        quota.limit(),
        counter.used(),
        unit,
        account.sequence(),
        at.appendedAt());
  }
}
