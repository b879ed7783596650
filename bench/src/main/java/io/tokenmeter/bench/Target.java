package io.tokenmeter.bench;

import java.math.BigDecimal;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a figure should reach.
 *
 * @param better which way is better
 * @param bound the worst value that is good enough, in the figure's unit; null where nothing is
 *     asked for
 */
record Target(Better better, @Nullable BigDecimal bound) {
  /** Which way a figure gets better. */
  enum Better {
    LOWER,
    HIGHER,
  }

  static Target atMost(String bound) {
    return new Target(Better.LOWER, new BigDecimal(bound));
  }

  static Target atLeast(String bound) {
    return new Target(Better.HIGHER, new BigDecimal(bound));
  }

  static Target lower() {
    return new Target(Better.LOWER, null);
  }

  static Target higher() {
    return new Target(Better.HIGHER, null);
  }

  /** Whether a value is good enough; true where nothing is asked for. */
  boolean isMetBy(double value) {
    if (bound == null) {
      return true;
    }
    Predicate<Double> met =
        switch (better) {
          case LOWER -> it -> it <= bound.doubleValue();
          case HIGHER -> it -> it >= bound.doubleValue();
        };
    return met.test(value);
  }

  /** As in {@code ≤ 300}; empty where nothing is asked for. */
  String shown() {
    if (bound == null) {
      return "";
    }
    return switch (better) {
      case LOWER -> "≤ " + bound.toPlainString();
      case HIGHER -> "≥ " + bound.toPlainString();
    };
  }
}
