package io.tokenmeter.rated;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An exact decimal of at most 12 places in the unit of a price book; may be negative.
 *
 * @param value without trailing zeros
 */
public record Amount(BigDecimal value) implements Comparable<Amount> {
  public static final int SCALE = 12;
  public static final Amount ZERO = new Amount(BigDecimal.ZERO);

  /**
   * @throws ArithmeticException when the value has more than 12 decimals: rounding is asked for, by
   *     {@link #rounded}, never done on the side
   */
  public Amount {
    value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    if (value.scale() > SCALE) {
      throw new ArithmeticException(
          "an amount has at most " + SCALE + " decimals, not " + value.scale());
    }
    if (value.scale() < 0) {
      value = value.setScale(0);
    }
  }

  /** The amount nearest to a value, by the given rule where it has more than 12 decimals. */
  public static Amount rounded(BigDecimal value, RoundingMode rounding) {
    return new Amount(value.scale() > SCALE ? value.setScale(SCALE, rounding) : value);
  }

  /** The amount that a plain decimal spells. */
  public static Amount of(String plain) {
    return new Amount(new BigDecimal(plain));
  }

  public Amount plus(Amount other) {
    return new Amount(value.add(other.value));
  }

  public Amount minus(Amount other) {
    return new Amount(value.subtract(other.value));
  }

  public Amount negated() {
    return new Amount(value.negate());
  }

  public Amount min(Amount other) {
    return compareTo(other) <= 0 ? this : other;
  }

  /** −1, 0 or 1. */
  public int signum() {
    return value.signum();
  }

  @Override
  public int compareTo(Amount other) {
    return value.compareTo(other.value);
  }

  /** A plain decimal without exponent or trailing zeros. */
  @Override
  public String toString() {
    return value.toPlainString();
  }
}
