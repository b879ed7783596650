package io.tokenmeter.ledger;

/** What a journal entry says. */
public sealed interface Fact permits Metered, Command, Reminder {}
