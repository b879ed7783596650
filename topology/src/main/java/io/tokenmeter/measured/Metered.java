package io.tokenmeter.measured;

/** A raw record became this fact. */
public record Metered<F extends Measured>(F fact) implements Result<F> {}
