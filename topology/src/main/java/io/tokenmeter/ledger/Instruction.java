package io.tokenmeter.ledger;

/** What an operator may ask of the ledger. */
public sealed interface Instruction permits GrantCredits, AdjustBalance, ConfigureOrg {}
