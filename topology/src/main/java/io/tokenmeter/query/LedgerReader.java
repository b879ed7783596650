package io.tokenmeter.query;

import io.tokenmeter.raw.OrgId;

/** What this instance's own stores hold. It never asks another instance. */
public interface LedgerReader {
  /** What the organisation has left. */
  Reading<BalanceView> balance(OrgId org, Copy copy);

  /** Whether the organisation may call. */
  Reading<EntitlementView> entitlement(OrgId org, Copy copy);

  /**
   * What the organisation used, window by window.
   *
   * @throws ProblemException when there is more than one answer can hold
   */
  Reading<UsageView> usage(OrgId org, UsageQuery query, Copy copy);
}
