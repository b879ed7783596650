package io.tokenmeter.ledger;

import io.tokenmeter.raw.OrgId;

/** To be written to {@code ledger.journal}, where it comes back as an entry. */
public record JournalReminder(OrgId orgId, Reminder reminder) implements Output {}
