package io.tokenmeter.bench;

import java.util.Arrays;
import java.util.Locale;

/**
 * One measured figure.
 *
 * @param name unique in its scenario, as in {@code CPU per exchange, all processes}
 * @param unit as in {@code µs}
 * @param value the median of the runs
 * @param low the least of the runs
 * @param high the greatest of the runs
 * @param runs how many there were, 1 or more
 */
record Figure(
    String name, String unit, double value, double low, double high, int runs, Target target) {
  Figure {
    if (runs < 1 || low > value || value > high) {
      throw new IllegalArgumentException(
          name + " is " + low + " to " + high + " around " + value + " in " + runs + " runs");
    }
  }

  /** Of runs in any order. */
  static Figure of(String name, String unit, Target target, double... runs) {
    double[] sorted = runs.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Figure(
        name, unit, median, sorted[0], sorted[sorted.length - 1], sorted.length, target);
  }

  boolean meetsItsTarget() {
    return target.isMetBy(value);
  }

  /** Three digits that count, as people read them. */
  static String shown(double value) {
    double size = Math.abs(value);
    if (size >= 10_000) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    if (size >= 100 || value == Math.rint(value)) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    return String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.2f", value);
  }

  String shown() {
    return shown(value);
  }

  /** Empty for one run. */
  String spread() {
    return runs == 1 ? "" : shown(low) + "–" + shown(high);
  }
}
