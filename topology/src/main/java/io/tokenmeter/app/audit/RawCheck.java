package io.tokenmeter.app.audit;

import io.tokenmeter.raw.Origin;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Every raw record ends in exactly one of: metered, rejected. What lies beyond the last metered
 * record of its partition and isn't rejected is still under way, because a partition is worked on
 * in its order.
 */
final class RawCheck {
  static final String UNDER_WAY = "under way";

  private record Partition(String topic, int number) {}

  private static final class Offspring {
    final Offsets raw = new Offsets();
    final Offsets metered = new Offsets();
    final Offsets rejected = new Offsets();
  }

  /** The equation's right side, while it is counted. */
  private static final class Tally {
    long raw;
    long metered;
    long rejected;
    long underWay;
    long lost;
  }

  private final Map<Partition, Offspring> partitions =
      new TreeMap<>(Comparator.comparing(Partition::topic).thenComparingInt(Partition::number));
  private final Findings findings = new Findings();

  void raw(Origin place) {
    of(place).raw.add(place.offset());
  }

  void metered(Origin origin, Origin journal) {
    if (!of(origin).metered.add(origin.offset())) {
      findings.add("a raw record is in the journal twice", origin, journal);
    }
  }

  void rejected(Origin origin, Origin letter) {
    if (!of(origin).rejected.add(origin.offset())) {
      findings.add("a raw record is among the dead letters twice", origin, letter);
    }
  }

  Equation equation(Findings all) {
    Tally tally = new Tally();
    Findings found = new Findings();
    found.addAll(findings);
    partitions.forEach((partition, offspring) -> count(partition, offspring, tally, found));
    all.addAll(found);
    Map<String, Long> parts = new LinkedHashMap<>();
    parts.put("metered", tally.metered);
    parts.put("rejected", tally.rejected);
    if (tally.underWay > 0) {
      parts.put(UNDER_WAY, tally.underWay);
    }
    return new Equation("raw", tally.raw, parts);
  }

  private static void count(Partition partition, Offspring offspring, Tally tally, Findings found) {
    long frontier = offspring.metered.last();
    offspring.raw.forEach(
        offset -> {
          tally.raw++;
          boolean metered = offspring.metered.contains(offset);
          boolean rejected = offspring.rejected.contains(offset);
          Origin place = new Origin(partition.topic(), partition.number(), offset);
          if (metered && rejected) {
            tally.metered++;
            found.add("a raw record is both in the journal and among the dead letters", place);
          } else if (metered) {
            tally.metered++;
          } else if (rejected) {
            tally.rejected++;
          } else if (offset > frontier) {
            tally.underWay++;
          } else {
            tally.lost++;
            found.add("a raw record is neither in the journal nor among the dead letters", place);
          }
        });
  }

  private Offspring of(Origin place) {
    return partitions.computeIfAbsent(
        new Partition(place.topic(), place.partition()), key -> new Offspring());
  }
}
