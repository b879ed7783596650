package io.tokenmeter.rated;

/** What came of pricing a usage. */
public sealed interface Rating permits Priced, Unpriced {}
