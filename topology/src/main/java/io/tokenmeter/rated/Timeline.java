package io.tokenmeter.rated;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which of a model's versions holds, by two times: when the usage occurred, and when it became
 * known.
 *
 * <ol>
 *   <li>Only versions that were published by the time the usage became known are seen, so that a
 *       replay sees what was seen then.
 *   <li>Of several that begin at the same instant, the last published replaces the others.
 *   <li>A version holds from {@code validFrom} up to but not including {@code validUntil}; without
 *       one, until another version begins.
 *   <li>Where versions still overlap, because one has an explicit end after the next begins, the
 *       last published wins, then the one that begins last.
 * </ol>
 */
public final class Timeline {
  private final List<PriceVersion> versions;
  private final Instant knownAt;

  private Timeline(List<PriceVersion> versions, Instant knownAt) {
    this.versions = versions;
    this.knownAt = knownAt;
  }

  /** The version in force; empty when there is none at that time. */
  public static Optional<PriceVersion> inForce(
      ModelPrices prices, Instant occurredAt, Instant knownAt) {
    Timeline timeline = new Timeline(prices.versions(), knownAt);
    PriceVersion best = null;
    for (PriceVersion version : prices.versions()) {
      if (timeline.holds(version, occurredAt) && (best == null || !beats(best, version))) {
        best = version;
      }
    }
    return Optional.ofNullable(best);
  }

  private boolean holds(PriceVersion version, Instant at) {
    if (!seen(version) || version.validFrom().isAfter(at) || replaced(version)) {
      return false;
    }
    Instant until = version.validUntil();
    return until == null ? !followed(version, at) : at.isBefore(until);
  }

  private boolean seen(PriceVersion version) {
    return !version.publishedAt().isAfter(knownAt);
  }

  private boolean replaced(PriceVersion version) {
    for (PriceVersion other : versions) {
      if (other.validFrom().equals(version.validFrom())
          && other.publishedAt().isAfter(version.publishedAt())
          && seen(other)) {
        return true;
      }
    }
    return false;
  }

  private boolean followed(PriceVersion version, Instant at) {
    for (PriceVersion other : versions) {
      if (other.validFrom().isAfter(version.validFrom())
          && !other.validFrom().isAfter(at)
          && seen(other)) {
        return true;
      }
    }
    return false;
  }

  private static boolean beats(PriceVersion one, PriceVersion other) {
    int published = one.publishedAt().compareTo(other.publishedAt());
    return published != 0 ? published > 0 : one.validFrom().isAfter(other.validFrom());
  }
}
