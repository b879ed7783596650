package io.tokenmeter.measured;

/**
 * What became of a raw record: a fact, or a reason why there is none.
 *
 * @param <F> the kind of fact
 */
public sealed interface Result<F extends Measured> permits Metered, Refused {}
