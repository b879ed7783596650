package io.tokenmeter.ledger;

import io.tokenmeter.rated.PriceLookup;
import io.tokenmeter.rated.Rating;
import io.tokenmeter.rated.Usage;

/** Prices a usage. */
@FunctionalInterface
public interface RatingRule {
  /** The same usage and the same published prices give the same rating. */
  Rating rate(PriceLookup prices, Usage usage);
}
