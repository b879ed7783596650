package io.tokenmeter.ledger;

import io.tokenmeter.measured.Measured;

/** Something was used: a half of an exchange, or a usage record. */
public record Metered(Measured measured) implements Fact {}
