package io.tokenmeter.rated.book;

import io.tokenmeter.rated.PriceVersion;
import io.tokenmeter.rated.Rate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Says in words how one version differs from another. */
final class RateDifference {
  private RateDifference() {}

  static boolean sameRates(PriceVersion one, PriceVersion other) {
    return new HashSet<>(one.rates()).equals(new HashSet<>(other.rates()));
  }

  static String of(Optional<PriceVersion> old, PriceVersion version) {
    List<Rate> before = old.map(PriceVersion::rates).orElse(List.of());
    List<String> parts = new ArrayList<>();
    for (Rate rate : version.rates()) {
      Optional<Rate> was = before.stream().filter(b -> sameThing(b, rate)).findFirst();
      if (was.isEmpty()) {
        parts.add(name(rate) + " at " + price(rate));
      } else if (!was.get().equals(rate)) {
        parts.add(name(rate) + " from " + price(was.get()) + " to " + price(rate));
      }
    }
    before.stream()
        .filter(b -> version.rates().stream().noneMatch(rate -> sameThing(b, rate)))
        .forEach(b -> parts.add(name(b) + " from " + price(b) + " to none"));
    old.filter(o -> !Objects.equals(o.validUntil(), version.validUntil()))
        .ifPresent(o -> parts.add("end from " + end(o) + " to " + end(version)));
    return String.join("; ", parts);
  }

  private static boolean sameThing(Rate one, Rate other) {
    return one.meter() == other.meter() && one.when().equals(other.when());
  }

  private static String name(Rate rate) {
    return rate.meter().wireName()
        + (rate.when().isEmpty() ? "" : " " + new TreeMap<>(rate.when()));
  }

  private static String price(Rate rate) {
    String rounding = rate.rounding().text();
    return UnitPrice.shown(rate) + (rounding.isEmpty() ? "" : " rounded " + rounding);
  }

  private static String end(PriceVersion version) {
    return version.validUntil() == null ? "open" : version.validUntil().toString();
  }
}
