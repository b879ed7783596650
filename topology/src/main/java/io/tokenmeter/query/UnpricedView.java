package io.tokenmeter.query;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A model that usages wait for a price of.
 *
 * @param book the price book that their organisations are charged by now
 * @param model as it was asked for; null when none was named
 * @param usages how many wait, 1 or more
 * @param organisations of how many organisations, 1 or more
 * @param oldest when the first of them occurred
 */
public record UnpricedView(
    String book, @Nullable String model, long usages, long organisations, Instant oldest) {

  /** This and what another instance has of the same model, whose organisations are others. */
  UnpricedView plus(UnpricedView other) {
    return new UnpricedView(
        book,
        model,
        usages + other.usages,
        organisations + other.organisations,
        oldest.isBefore(other.oldest) ? oldest : other.oldest);
  }
}
