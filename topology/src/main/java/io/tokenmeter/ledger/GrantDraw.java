package io.tokenmeter.ledger;

import io.tokenmeter.rated.Amount;

/**
 * What a charge took from a grant.
 *
 * @param grantId the grant
 * @param amount above 0
 */
public record GrantDraw(GrantId grantId, Amount amount) {}
