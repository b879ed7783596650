package io.tokenmeter.ledger;

import io.tokenmeter.rated.PriceLookup;
import io.tokenmeter.raw.OrgId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ledger's rules: what an entry of the journal comes to. */
public final class Ledger {
  private final LedgerDefaults defaults;

  public Ledger(
      ReadingChoice choice,
      RatingRule rating,
      BillingTypeRule billingType,
      LedgerDefaults defaults) {
    this.defaults = defaults;
  }

  /** The account of an organisation of which nothing is stored. */
  public Account open(OrgId orgId) {
    return Account.open(orgId, Settings.of(defaults));
  }

  /**
   * Takes the next entry of an organisation.
   *
   * @param account as the entry before it left it, or {@link #open}
   * @param memory what is stored of the organisation's ids
   * @param entry of the account's organisation
   * @param prices what is published, at least everything published before the entry was appended
   */
  public Transition apply(Account account, Memory memory, Entry entry, PriceLookup prices) {
    return new Transition(account, Map.of(), List.of(), List.of(), List.of());
  }

  /**
   * Looks at something that is due. Moves no money.
   *
   * @param due as it was scheduled
   * @param remembered what is stored under its key
   * @param now a time that {@link Due.Kind} describes
   */
  public DueTransition due(Due due, Optional<Remembered> remembered, Instant now) {
    return DueTransition.NOTHING;
  }
}
