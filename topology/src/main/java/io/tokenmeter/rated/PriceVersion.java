package io.tokenmeter.rated;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model costs during a time.
 *
 * @param version hash of the content, stamped on every charge
 * @param validFrom the first instant at which it holds
 * @param validUntil the instant from which it no longer holds; null until another begins
 * @param publishedAt when it was published; what the journal held before doesn't see it
 * @param rates what each meter costs
 */
public record PriceVersion(
    String version,
    Instant validFrom,
    @Nullable Instant validUntil,
    Instant publishedAt,
    List<Rate> rates) {
  public PriceVersion {
    rates = List.copyOf(rates);
  }
}
