package io.tokenmeter.app.audit;

import io.tokenmeter.raw.Origin;
import io.tokenmeter.schema.Balance;
import io.tokenmeter.schema.BilledUsage;
import io.tokenmeter.schema.ChargeLine;
import io.tokenmeter.schema.Entitlement;
import io.tokenmeter.schema.JournalEntry;
import io.tokenmeter.schema.LowBalance;
import io.tokenmeter.schema.Reminder;
import io.tokenmeter.schema.UnmatchedUsage;
import io.tokenmeter.schema.UnpricedUsage;
import java.util.HashMap;
import java.util.Map;

/** Takes the records of all topics, and says what they come to. Not thread safe. */
public final class Audit {
  private final RawCheck raw = new RawCheck();
  private final FactCheck facts = new FactCheck();
  private final ChargeCheck charges = new ChargeCheck();
  private final BalanceCheck balances = new BalanceCheck();
  private final Map<String, Origin> events = new HashMap<>();
  private final Findings findings = new Findings();
  private boolean fromTheBeginning = true;

  /** Says that the first records of the journal or of the charges are no longer on their topics. */
  public void beginsLater() {
    fromTheBeginning = false;
  }

  /**
   * A record of a raw topic or of the commands, or one on the journal that is no entry; what is in
   * it doesn't matter.
   */
  public void raw(Origin place) {
    raw.raw(place);
  }

  /** A dead letter, and the record that it was. */
  public void rejected(Origin letter, Origin origin) {
    raw.rejected(origin, letter);
  }

  public void journal(Origin place, JournalEntry entry) {
    if (!(entry.getEntry() instanceof Reminder) && !FactCheck.isAccepted(entry)) {
      raw.metered(Origins.of(entry.getOrigin()), place);
    }
    facts.fact(place, entry);
    balances.journal(place, entry);
  }

  public void billed(Origin place, BilledUsage usage) {
    facts.billed(place, usage);
    charges.billed(place, usage);
    balances.billed(place, usage);
  }

  public void charged(Origin place, ChargeLine line) {
    charges.charged(place, line);
  }

  public void balance(Origin place, Balance balance) {
    balances.balance(place, balance);
  }

  public void entitlement(Entitlement entitlement) {
    balances.entitlement(entitlement);
  }

  public void unmatched(UnmatchedUsage notice) {
    facts.unmatched(notice);
    balances.unmatched(notice);
  }

  public void unpriced(UnpricedUsage notice) {
    facts.unpriced(notice);
  }

  /** An event of a balance. */
  public void lowBalance(Origin place, LowBalance event) {
    event(place, event.getEventId());
    balances.event(place, event);
  }

  /** An event of either topic. */
  public void event(Origin place, String eventId) {
    Origin earlier = events.putIfAbsent(eventId, place);
    if (earlier != null) {
      findings.add("event " + eventId + " was sent twice", earlier, place);
    }
  }

  /** What it all comes to as of now. */
  public AuditReport report() {
    Findings all = new Findings();
    all.addAll(findings);
    Equation rawEquation = raw.equation(all);
    Equation factEquation = facts.equation(fromTheBeginning, balances::workedOn, all);
    AuditReport.Charges added = charges.report(fromTheBeginning, balances::reflected, all);
    AuditReport.Balances recomputed = balances.report(fromTheBeginning, all);
    return new AuditReport(
        rawEquation, factEquation, added, recomputed, events.size(), all.kept(), all.count());
  }
}
