package io.tokenmeter.measured;

import io.tokenmeter.raw.Rejected;

/** A raw record goes to the dead letters, for this reason. */
public record Refused<F extends Measured>(Rejected rejected) implements Result<F> {}
