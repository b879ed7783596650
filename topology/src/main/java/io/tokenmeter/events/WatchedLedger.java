package io.tokenmeter.events;

import io.tokenmeter.ledger.Account;
import io.tokenmeter.ledger.Due;
import io.tokenmeter.ledger.Entry;
import io.tokenmeter.ledger.JournalReminder;
import io.tokenmeter.ledger.Ledger;
import io.tokenmeter.ledger.Memory;
import io.tokenmeter.ledger.OpenWindows;
import io.tokenmeter.ledger.Remembered;
import io.tokenmeter.ledger.Transition;
import io.tokenmeter.rated.PriceLookup;
import io.tokenmeter.raw.OrgId;
import java.time.Instant;
import java.util.Optional;

/** The ledger with its events: what a stream processor calls. */
public final class WatchedLedger {
  private final Ledger ledger;

  public WatchedLedger(Ledger ledger) {
    this.ledger = ledger;
  }

  /** As {@link Ledger#open}. */
  public Account open(OrgId orgId) {
    return ledger.open(orgId);
  }

  /** As {@link Ledger#apply}, with the events of what it did among the outputs. */
  public Transition apply(Account account, Memory memory, Entry entry, PriceLookup prices) {
    Transition done = ledger.apply(account, memory, entry, prices);
    return new Watch(account, done, entry.at(), ledger.unitOf(done.account()), ledger.windowsOpen())
        .look();
  }

  /** As {@link Ledger#due}. */
  public Optional<JournalReminder> due(Due due, Optional<Remembered> remembered, Instant now) {
    return ledger.due(due, remembered, now);
  }

  /** As {@link Ledger#canRemove}. */
  public boolean canRemove(Remembered remembered, Instant journal) {
    return ledger.canRemove(remembered, journal);
  }

  /** In which windows of usage charges count. */
  public OpenWindows windows() {
    return new OpenWindows(ledger.windowsOpen());
  }

  /** As {@link Ledger#unitOf}. */
  public String unitOf(Account account) {
    return ledger.unitOf(account);
  }
}
