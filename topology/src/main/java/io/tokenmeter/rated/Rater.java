package io.tokenmeter.rated;

import io.tokenmeter.measured.Meter;
import io.tokenmeter.measured.MeterReading;
import io.tokenmeter.rated.Condition.Asked;
import io.tokenmeter.rated.PriceLookup.Found;
import io.tokenmeter.raw.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Prices a usage. Pure: the same prices and the same usage give the same rating.
 *
 * <p>The model is the first of the usage's names that has a price in force; a usage without a model
 * is looked up by the names of its meters. Each reading above 0 then makes one line, priced by the
 * first of these that there is: a rate of its own meter whose conditions hold; nothing, when the
 * book includes the meter; a rate of a meter that it falls back to (see {@link Fallback}). One
 * reading without any leaves the whole usage unpriced. A reading of 0 needs no rate and makes no
 * line, and {@code requests} makes one only where the book prices or includes it: every exchange
 * has it, and few books sell calls.
 */
public final class Rater {
  private static final String INCLUDED = "included";

  private Rater() {}

  /**
   * What a usage costs by the prices that held when it occurred, among those published by the time
   * it was known.
   */
  public static Rating rate(PriceLookup lookup, Usage usage) {
    for (String name : names(usage)) {
      Optional<Found> found = lookup.find(usage.book(), name);
      if (found.isPresent()) {
        Optional<PriceVersion> version =
            Timeline.inForce(found.get().prices(), usage.occurredAt(), usage.knownAt());
        if (version.isPresent()) {
          return price(found.get(), version.get(), usage);
        }
      }
    }
    return new Unpriced(usage.book(), List.of());
  }

  private static List<String> names(Usage usage) {
    return usage.models().isEmpty()
        ? usage.readings().stream().map(r -> r.meter().wireName()).distinct().toList()
        : usage.models();
  }

  private static Rating price(Found found, PriceVersion version, Usage usage) {
    List<Line> lines = new ArrayList<>(usage.readings().size());
    List<Meter> missing = new ArrayList<>(0);
    BigDecimal input = inputTokens(usage);
    for (MeterReading reading : usage.readings()) {
      if (!reading.quantity().isZero()) {
        Optional<Line> line = line(found.prices(), version, new Asked(usage, reading, input));
        if (line.isPresent()) {
          lines.add(line.get());
        } else if (reading.meter() != Meter.REQUESTS) {
          missing.add(reading.meter());
        }
      }
    }
    if (!missing.isEmpty()) {
      return new Unpriced(usage.book(), missing.stream().distinct().toList());
    }
    ModelPrices prices = found.prices();
    Amount sum = lines.stream().map(Line::amount).reduce(Amount.ZERO, Amount::plus);
    return new Priced(
        prices.book(),
        prices.unit(),
        prices.model(),
        found.matchedName(),
        version.version(),
        lines,
        sum);
  }

  private static BigDecimal inputTokens(Usage usage) {
    BigDecimal sum = BigDecimal.ZERO;
    for (MeterReading reading : usage.readings()) {
      if (reading.meter().side() == Meter.Side.INPUT) {
        sum = sum.add(reading.quantity().value());
      }
    }
    return sum;
  }

  private static Optional<Line> line(ModelPrices prices, PriceVersion version, Asked asked) {
    Meter meter = asked.reading().meter();
    Optional<Rate> own = Specificity.best(version.rates(), meter, asked);
    if (own.isPresent()) {
      return own.map(rate -> priced(asked.reading(), rate));
    }
    if (prices.included().contains(meter)) {
      return Optional.of(included(asked.reading()));
    }
    for (Meter next : Fallback.of(meter)) {
      Optional<Rate> other = Specificity.best(version.rates(), next, asked);
      if (other.isPresent()) {
        return other.map(rate -> priced(asked.reading(), rate));
      }
    }
    return Optional.empty();
  }

  private static Line priced(MeterReading reading, Rate rate) {
    BigDecimal quantity = rate.rounding().of(reading.quantity().value());
    BigDecimal product = quantity.multiply(rate.price());
    return new Line(
        reading.meter(),
        rate.meter(),
        reading.dimensions(),
        new Quantity(quantity),
        rate.price(),
        rate.per(),
        new Amount(product.divide(rate.per(), Amount.SCALE, RoundingMode.HALF_EVEN)),
        reading.provenance(),
        rule(rate));
  }

  private static Line included(MeterReading reading) {
    return new Line(
        reading.meter(),
        reading.meter(),
        reading.dimensions(),
        reading.quantity(),
        BigDecimal.ZERO,
        BigDecimal.ONE,
        Amount.ZERO,
        reading.provenance(),
        INCLUDED);
  }

  private static String rule(Rate rate) {
    if (rate.when().isEmpty() && rate.rounding().equals(Rounding.NONE)) {
      return "";
    }
    TreeMap<String, String> parts = new TreeMap<>(rate.when());
    if (!rate.rounding().equals(Rounding.NONE)) {
      parts.put("round", rate.rounding().text());
    }
    return parts.entrySet().stream()
        .map(part -> part.getKey() + "=" + part.getValue())
        .collect(Collectors.joining(","));
  }
}
