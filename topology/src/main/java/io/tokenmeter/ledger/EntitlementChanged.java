package io.tokenmeter.ledger;

import io.tokenmeter.raw.OrgId;
import java.time.Instant;

/**
 * The answer to whether an organisation may call is another one than before.
 *
 * @param orgId the organisation
 * @param entitlement the answer
 * @param sequence the last posting that it reflects
 * @param asOf append time of the entry that changed it
 */
public record EntitlementChanged(OrgId orgId, Entitlement entitlement, long sequence, Instant asOf)
    implements Output {}
