package io.tokenmeter.rated;

import io.tokenmeter.measured.Meter;
import java.util.List;

/**
 * A usage that waits for a price.
 *
 * @param book the price book that was asked
 * @param missing the meters without a rate; empty when the book has no price for the model at all
 *     at that time
 */
public record Unpriced(String book, List<Meter> missing) implements Rating {
  public Unpriced {
    missing = List.copyOf(missing);
  }
}
