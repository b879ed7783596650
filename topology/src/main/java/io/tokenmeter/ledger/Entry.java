package io.tokenmeter.ledger;

import io.tokenmeter.raw.OrgId;
import io.tokenmeter.raw.Origin;

/**
 * One thing that happened to an organisation, as the journal holds it.
 *
 * @param orgId the organisation
 * @param at where it stands, and when it was appended
 * @param origin the raw record that it was made from; of a reminder, anything
 * @param hash of that raw record's value; of a reminder, anything
 * @param fact what happened
 */
public record Entry(OrgId orgId, JournalPosition at, Origin origin, ContentHash hash, Fact fact) {}
