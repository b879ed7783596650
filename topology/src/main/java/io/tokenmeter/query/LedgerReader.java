package io.tokenmeter.query;

import io.tokenmeter.raw.OrgId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What this instance's own stores hold. It never asks another instance. */
public interface LedgerReader {
  /**
   * What the organisation has left.
   *
   * @param at the instant before which the last hour is looked at
   */
  Reading<BalanceView> balance(OrgId org, Instant at, Copy copy);

  /**
   * The organisations whose written copy is here.
   *
   * @param after those whose ids follow it, in the order of their bytes; null from the first on
   * @param limit at most so many
   * @param at the instant before which the last hour is looked at
   */
  OwnedOrganisations organisations(@Nullable String after, int limit, Instant at);

  /**
   * The models that usages wait for a price of, of the organisations whose written copy is here.
   */
  OwnedUnpriced unpriced();

  /** Whether the organisation may call. */
  Reading<EntitlementView> entitlement(OrgId org, Copy copy);

  /** What the organisation was granted and hasn't used up. */
  Reading<GrantsView> grants(OrgId org, Copy copy);

  /**
   * What the organisation's quotas have left.
   *
   * @param at in which window of each
   */
  Reading<QuotasView> quotas(OrgId org, Instant at, Copy copy);

  /**
   * What those within the organisation have left of one of its quotas.
   *
   * @param at in which window
   * @throws ProblemException when it has no such quota, or that counts nobody of that name
   */
  Reading<QuotaSubjectsView> quota(OrgId org, SubjectsQuery query, Instant at, Copy copy);

  /** What the organisation is charged by. */
  Reading<TermsView> terms(OrgId org, Copy copy);

  /** A page of the organisation's recent charges. */
  Reading<ChargesView> charges(OrgId org, ChargesQuery query, Copy copy);

  /**
   * One of the organisation's recent charges.
   *
   * @throws ProblemException when it isn't among them
   */
  Reading<ChargeView> charge(OrgId org, String usageId, Copy copy);

  /**
   * A command that the ledger has carried out.
   *
   * @throws ProblemException when it remembers none under that key
   */
  Reading<CommandView> command(OrgId org, CommandKey key, Copy copy);

  /**
   * What the organisation used, window by window.
   *
   * @throws ProblemException when there is more than one answer can hold
   */
  Reading<UsageView> usage(OrgId org, UsageQuery query, Copy copy);
}
