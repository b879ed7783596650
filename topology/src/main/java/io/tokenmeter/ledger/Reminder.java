package io.tokenmeter.ledger;

import io.tokenmeter.raw.UsageId;

/**
 * The ledger's note to itself to look again, written to the journal so that a replay looks at the
 * same point.
 *
 * @param id the usage to look at
 * @param reason why
 */
public record Reminder(UsageId id, ReminderReason reason) implements Fact {}
