package io.tokenmeter.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Metered facts changed their standing. Over any stretch of the journal, metered facts = sum over
 * all standings of (facts that came to it − facts that left it).
 *
 * @param was where they stood before; null when they have just come
 * @param is where they stand now
 * @param facts how many, 1 or 2
 */
public record Disposition(@Nullable Standing was, Standing is, int facts) implements Output {}
