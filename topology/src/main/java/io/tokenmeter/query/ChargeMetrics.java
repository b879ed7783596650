package io.tokenmeter.query;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tokenmeter.ledger.BilledUsage;
import io.tokenmeter.measured.Comparison;
import io.tokenmeter.measured.Provenance;
import io.tokenmeter.rated.Amount;
import io.tokenmeter.rated.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What charges look like from afar: how soon they come, of what and how much, and how far what was
 * counted is from what was reported. For the eye and for alerts, in floating point; the exact sums
 * are in {@code usage.billed}.
 *
 * <p>Models are named as the price book names them: names that callers make up don't become series.
 * The first {@value #MOST_MODELS} of them do, so that a book of thousands doesn't make thousands.
 */
final class ChargeMetrics {
  static final String LAG =
      "Time from when a call occurred, by its gateway's clock, until its charge was posted.";
  static final String QUANTITY =
      "Billed quantities, by the price book's model, the meter and how they are known.";
  static final String AMOUNT =
      "Billed amounts, by the price book's model, the unit and how their quantities are known.";

  /** More models than these don't become series: all others count as {@value #OTHERS}. */
  static final int MOST_MODELS = 500;

  static final String OTHERS = "(others)";
  static final String REPORTED = "What providers reported, where it was counted too.";
  static final String COUNTED = "What was counted here, where the provider reported it too.";
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(2),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofMinutes(1),
    Duration.ofMinutes(5),
    Duration.ofHours(1)
  };

  private final MeterRegistry registry;
  private final Timer lag;
  private final Set<String> models = ConcurrentHashMap.newKeySet();

  ChargeMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.lag =
        Timer.builder("tokenmeter.charge.lag")
            .description(LAG)
            .serviceLevelObjectives(BUCKETS)
            .register(registry);
  }

  void add(BilledUsage billed, Instant now) {
    Duration took = Duration.between(billed.call().occurredAt(), now);
    lag.record(took.isNegative() ? Duration.ZERO : took);
    String model = billed.priced() == null ? "" : series(billed.priced().model());
    for (Line line : billed.lines()) {
      count(
              "tokenmeter.billed.quantity",
              QUANTITY,
              "model",
              model,
              "meter",
              line.meter().wireName(),
              "provenance",
              word(line.provenance()))
          .increment(line.quantity().value().doubleValue());
    }
    amounts(billed, model);
    for (Comparison reading : billed.readings()) {
      if (reading.reported() != null && reading.counted() != null) {
        count("tokenmeter.drift.reported", REPORTED, "model", model)
            .increment(reading.reported().value().doubleValue());
        count("tokenmeter.drift.counted", COUNTED, "model", model)
            .increment(reading.counted().value().doubleValue());
      }
    }
  }

  /** By provenance, as counters that only go up: what a maximum takes off is taken off here. */
  private void amounts(BilledUsage billed, String model) {
    Map<Provenance, Amount> sums = new EnumMap<>(Provenance.class);
    Amount off = Amount.ZERO;
    for (Line line : billed.lines()) {
      if (line.amount().signum() < 0) {
        off = off.minus(line.amount());
      } else {
        sums.merge(line.provenance(), line.amount(), Amount::plus);
      }
    }
    for (Map.Entry<Provenance, Amount> known : sums.entrySet()) {
      Amount sum = known.getValue();
      Amount less = sum.compareTo(off) < 0 ? sum : off;
      off = off.minus(less);
      count(
              "tokenmeter.billed.amount",
              AMOUNT,
              "model",
              model,
              "unit",
              billed.unit(),
              "provenance",
              word(known.getKey()))
          .increment(sum.minus(less).value().doubleValue());
    }
  }

  private static String word(Provenance provenance) {
    return provenance.name().toLowerCase(Locale.ROOT);
  }

  private String series(String model) {
    if (models.contains(model)) {
      return model;
    }
    synchronized (models) {
      return models.size() < MOST_MODELS && models.add(model) ? model : OTHERS;
    }
  }

  private Counter count(String name, String description, String... tags) {
    return Counter.builder(name).description(description).tags(tags).register(registry);
  }
}
