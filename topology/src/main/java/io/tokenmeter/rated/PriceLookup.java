package io.tokenmeter.rated;

import java.util.Optional;

/** The prices that are live, by book and the name that a gateway sent. */
public interface PriceLookup {
  /** A model's prices, and the name, alias or pattern under which they were found. */
  record Found(ModelPrices prices, String matchedName) {}

  /**
   * Finds a model: by its exact name or alias, else by the longest pattern that fits.
   *
   * @return empty when the book has no such model
   */
  Optional<Found> find(String book, String model);
}
