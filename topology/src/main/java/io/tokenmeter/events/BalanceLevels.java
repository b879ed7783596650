package io.tokenmeter.events;

import io.tokenmeter.ledger.Account;
import io.tokenmeter.ledger.ContentHash;
import io.tokenmeter.ledger.LowBalance;
import io.tokenmeter.ledger.Output;
import io.tokenmeter.ledger.Posting;
import io.tokenmeter.ledger.Settings;
import io.tokenmeter.rated.Amount;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Levels of the balance. A posting that takes the balance from above a level to it or below fires
 * the level: LOW_BALANCE for a configured threshold, EXHAUSTED for the overdraft's end. The posting
 * that takes it above a level that fired restores the level, which can fire again from then on. So
 * each crossing fires once, however far the balance moves on either side, and the first grant of a
 * new organisation restores nothing.
 *
 * <p>A level that is configured while the balance is below it fires at the next crossing; a level
 * that is configured away is neither restored nor remembered.
 */
final class BalanceLevels {
  private BalanceLevels() {}

  /**
   * Adds the events of an entry's postings and returns the levels that are fired after it.
   *
   * @param before the account before the entry; a command that configures posts nothing itself, so
   *     what was posted was due before it and is judged by the settings of then
   * @param next the settings after the entry
   */
  static List<Amount> cross(
      Account before, Settings next, List<Posting> postings, String unit, List<Output> events) {
    Settings settings = before.settings();
    NavigableSet<Amount> levels = levels(settings);
    NavigableSet<Amount> low = new TreeSet<>(before.low());
    for (Posting posting : postings) {
      for (Amount level : List.copyOf(low)) {
        if (posting.after().compareTo(level) > 0) {
          low.remove(level);
          events.add(event(before, LowBalance.Type.RESTORED, level, posting, unit));
        }
      }
      for (Amount level : levels.descendingSet()) {
        if (posting.before().compareTo(level) > 0 && posting.after().compareTo(level) <= 0) {
          low.add(level);
          if (settings.lowBalanceThresholds().contains(level)) {
            events.add(event(before, LowBalance.Type.LOW_BALANCE, level, posting, unit));
          }
          if (level.equals(exhausted(settings))) {
            events.add(event(before, LowBalance.Type.EXHAUSTED, level, posting, unit));
          }
        }
      }
    }
    low.retainAll(levels(next));
    return List.copyOf(low);
  }

  private static NavigableSet<Amount> levels(Settings settings) {
    NavigableSet<Amount> levels = new TreeSet<>(settings.lowBalanceThresholds());
    levels.add(exhausted(settings));
    return levels;
  }

  private static Amount exhausted(Settings settings) {
    return settings.overdraft().negated();
  }

  private static LowBalance event(
      Account account, LowBalance.Type type, Amount level, Posting posting, String unit) {
    String sequence = Long.toString(posting.sequence());
    ContentHash id =
        ContentHash.ofTexts(account.orgId().value(), type.name(), level.toString(), sequence);
    return new LowBalance(
        id.hex(),
        account.orgId(),
        type,
        level,
        posting.after(),
        unit,
        posting.sequence(),
        posting.datedAt());
  }
}
