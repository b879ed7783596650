package io.tokenmeter.ledger;

import io.tokenmeter.ledger.Remembered.Waiting;
import io.tokenmeter.rated.PriceLookup;
import io.tokenmeter.raw.OrgId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The ledger's rules: what an entry of the journal comes to. */
public final class Ledger {
  private final LedgerDefaults defaults;
  private final UsageRules usages;
  private final CommandRules commands;

  public Ledger(
      ReadingChoice choice,
      RatingRule rating,
      BillingTypeRule billingType,
      LedgerDefaults defaults) {
    this.defaults = defaults;
    Horizon horizon = new Horizon(defaults.horizon());
    Billing billing = new Billing(choice, rating, billingType, horizon);
    this.usages =
        new UsageRules(billing, new HoldRules(billing, defaults), horizon, defaults.answerWait());
    this.commands = new CommandRules(defaults, horizon);
  }

  /** The account of an organisation of which nothing is stored. */
  public Account open(OrgId orgId) {
    return Account.open(orgId, Settings.of(defaults));
  }

  /** What an account's amounts are in; empty while that is not known. */
  public String unitOf(Account account) {
    return defaults.unitOf(account);
  }

  /** How long a quota's window is kept open after its end. */
  public Duration windowsOpen() {
    return defaults.windowsOpen();
  }

  /**
   * Takes the next entry of an organisation.
   *
   * @param account as the entry before it left it, or {@link #open}
   * @param memory what is stored of the organisation's ids
   * @param entry of the account's organisation
   * @param prices what is published, at least everything published before the entry was appended
   * @throws IllegalArgumentException when the entry is another organisation's
   */
  public Transition apply(Account account, Memory memory, Entry entry, PriceLookup prices) {
    if (!entry.orgId().equals(account.orgId())) {
      throw new IllegalArgumentException(
          "an entry of " + entry.orgId() + " came to the account of " + account.orgId());
    }
    Work work = new Work(account, memory, entry, defaults);
    work.booking.bringTo(work.now());
    Fact fact = entry.fact();
    if (fact instanceof Metered metered) {
      usages.take(work, metered.measured(), prices);
    } else if (fact instanceof Command command) {
      commands.take(work, command);
    } else if (fact instanceof Reminder reminder) {
      remind(work, reminder, prices);
    } else {
      throw new AssertionError("no rule for " + fact.getClass());
    }
    return work.transition();
  }

  /**
   * Looks at something that is due. Moves no money.
   *
   * @param due as it was scheduled
   * @param remembered what is stored under its key
   * @param now by any clock
   * @return what to write to the journal; empty when there is nothing to say. The due itself is
   *     done with in any case
   */
  public Optional<JournalReminder> due(Due due, Optional<Remembered> remembered, Instant now) {
    if (now.isBefore(due.at())) {
      return Optional.empty();
    }
    // An organisation's own windows are in its account, which needs no looking at: a reminder that
    // finds nothing to do does nothing.
    if (remembered.isEmpty() && due.kind() != Due.Kind.WINDOW) {
      return Optional.empty();
    }
    return switch (due.kind()) {
      case HALF_MISSING ->
          remembered.get() instanceof Waiting waiting && !waiting.noticed()
              ? remind(due, ReminderReason.HALF_MISSING)
              : Optional.empty();
      case HOLD ->
          remembered.get() instanceof Waiting waiting && waiting.hold().signum() > 0
              ? remind(due, ReminderReason.HOLD_EXPIRED)
              : Optional.empty();
      case GRANT -> remind(due, ReminderReason.GRANT_DUE);
      case WINDOW -> remind(due, ReminderReason.WINDOW_ENDED);
    };
  }

  /**
   * Whether what is stored of an id can be removed: it counts as forgotten, for so long that no
   * entry will come that was appended before.
   *
   * @param journal the latest append time that the partition has shown, never a wall clock, which
   *     would forget ids that a backlog still repeats
   */
  public boolean canRemove(Remembered remembered, Instant journal) {
    return Horizon.canRemove(remembered, journal);
  }

  private void remind(Work work, Reminder reminder, PriceLookup prices) {
    switch (reminder.reason()) {
      case PRICE_ARRIVED -> usages.priced(work, reminder.about(), prices);
      case HALF_MISSING -> usages.missing(work, reminder.about(), prices);
      case HOLD_EXPIRED -> usages.holdExpired(work, reminder.about());
      case GRANT_DUE -> commands.grantDue(work, reminder.about());
      case WINDOW_ENDED -> work.quotas().windowEnded(QuotaSubject.parse(reminder.about().id()));
    }
  }

  private static Optional<JournalReminder> remind(Due due, ReminderReason reason) {
    Reminder reminder = new Reminder(due.key(), reason);
    return Optional.of(new JournalReminder(due.orgId(), reminder));
  }
}
