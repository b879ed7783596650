package io.tokenmeter.events;

import io.tokenmeter.ledger.Account;
import io.tokenmeter.ledger.Due;
import io.tokenmeter.ledger.Entitlement;
import io.tokenmeter.ledger.EntitlementChanged;
import io.tokenmeter.ledger.JournalPosition;
import io.tokenmeter.ledger.JournalReminder;
import io.tokenmeter.ledger.Output;
import io.tokenmeter.ledger.QuotaCounter;
import io.tokenmeter.ledger.QuotaSubject;
import io.tokenmeter.ledger.Remembered;
import io.tokenmeter.ledger.Remembered.Counted;
import io.tokenmeter.ledger.Reminder;
import io.tokenmeter.ledger.ReminderReason;
import io.tokenmeter.ledger.StateKey;
import io.tokenmeter.ledger.Transition;
import io.tokenmeter.rated.Amount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** Who must hear of what an entry did. */
final class Watch {
  private final Account before;
  private final Transition done;
  private final JournalPosition at;
  private final String unit;
  private final Duration open;
  private final Map<StateKey, Remembered> remember;
  private final List<Due> schedule;
  private final List<Output> events = new ArrayList<>();
  private final TreeSet<QuotaSubject> denied;

  /**
   * Looks at an entry.
   *
   * @param before the account before it: its postings happened under the settings of then
   * @param done what it came to
   * @param unit what the amounts are in
   * @param open how long a quota's window is kept open after its end
   */
  Watch(Account before, Transition done, JournalPosition at, String unit, Duration open) {
    this.before = before;
    this.done = done;
    this.at = at;
    this.unit = unit;
    this.open = open;
    this.remember = new LinkedHashMap<>(done.remember());
    this.schedule = new ArrayList<>(done.schedule());
    this.denied = new TreeSet<>(done.account().told().denied());
  }

  /** What the entry came to, with the events of it among the outputs. */
  Transition look() {
    Account after = done.account();
    List<Amount> low =
        new BalanceLevels(before, after, at.appendedAt(), unit).cross(done.postings(), events);
    QuotaLevels levels = new QuotaLevels(after, !done.postings().isEmpty(), at, unit, events);
    List<QuotaCounter> quotas = levels.reach(QuotaSubject.ORGANISATION, after.quotas());
    scheduleResets(QuotaSubject.ORGANISATION, after.quotas(), quotas);
    done.remember()
        .forEach(
            (key, value) -> {
              if (value instanceof Counted counted) {
                look(levels, QuotaSubject.parse(key.id()), counted);
              }
            });
    Entitlement entitlement = Entitlements.answer(after, at.appendedAt());
    if (!entitlement.equals(after.entitlement())) {
      changed(QuotaSubject.ORGANISATION, entitlement);
    }
    if (limitsMayHaveChanged()) {
      lookAgainAtTheDenied();
    }
    Account.Told told =
        new Account.Told(
            low, entitlement, denied.stream().limit(Account.Told.MOST_DENIED).toList());
    boolean nothing = told.equals(after.told()) && quotas.equals(after.quotas());
    List<Output> outputs = new ArrayList<>(done.outputs());
    outputs.addAll(events);
    return new Transition(
        nothing ? after : after.withQuotas(quotas).withTold(told).withPosition(at),
        remember,
        schedule,
        done.postings(),
        outputs);
  }

  private void look(QuotaLevels levels, QuotaSubject subject, Counted counted) {
    List<QuotaCounter> counters = levels.reach(subject, counted.counters());
    scheduleResets(subject, counted.counters(), counters);
    Entitlement answer = Entitlements.answer(done.account(), counters, at.appendedAt());
    Entitlement earlier = Objects.requireNonNullElse(counted.told(), Entitlement.ALLOWED);
    if (!answer.equals(earlier)) {
      changed(subject, answer);
      if (answer.decision() == Entitlement.Decision.DENY) {
        denied.add(subject);
      } else {
        denied.remove(subject);
      }
    }
    Counted told = Counted.of(counters, answer.equals(earlier) ? counted.told() : answer, open);
    remember.put(StateKey.of(subject), told);
  }

  /** Plans to tell that a window is over, once its first level has fired. */
  private void scheduleResets(
      QuotaSubject subject, List<QuotaCounter> counted, List<QuotaCounter> told) {
    for (int i = 0; i < told.size(); i++) {
      if (told.get(i).owesReset() && !counted.get(i).owesReset()) {
        schedule.add(
            new Due(
                before.orgId(), StateKey.of(subject), told.get(i).span().end(), Due.Kind.WINDOW));
      }
    }
  }

  private boolean limitsMayHaveChanged() {
    Account after = done.account();
    return !before.settings().equals(after.settings())
        || !before.history().paid().equals(after.history().paid());
  }

  /** Who is denied doesn't call, so that nothing else would look at a limit that was raised. */
  private void lookAgainAtTheDenied() {
    for (QuotaSubject subject : before.told().denied()) {
      Reminder reminder = new Reminder(StateKey.of(subject), ReminderReason.WINDOW_ENDED);
      events.add(new JournalReminder(before.orgId(), reminder));
    }
  }

  private void changed(QuotaSubject subject, Entitlement answer) {
    events.add(
        new EntitlementChanged(
            before.orgId(), subject, answer, done.account().sequence(), at.appendedAt()));
  }
}
