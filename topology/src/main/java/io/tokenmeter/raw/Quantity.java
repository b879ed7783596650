package io.tokenmeter.raw;

import java.math.BigDecimal;

/**
 * How much of a meter was used: an exact decimal, 0 to 10^15, of at most 12 decimals.
 *
 * <p>The limits are far above any real usage (a million tokens a second for 30 years) and far below
 * what a 38-digit decimal on the wire can hold, so that a product with a price can't overflow.
 *
 * @param value without trailing zeros
 */
public record Quantity(BigDecimal value) implements Comparable<Quantity> {
  public static final int SCALE = 12;
  public static final BigDecimal MAX = new BigDecimal("1000000000000000");
  public static final Quantity ZERO = new Quantity(BigDecimal.ZERO);
  public static final Quantity ONE = new Quantity(BigDecimal.ONE);

  public Quantity {
    if (value.signum() < 0 || value.compareTo(MAX) > 0) {
      throw new InvalidRecordException(
          Rejection.INVALID_QUANTITY,
          "quantity is " + shown(value) + "; 0 to " + MAX.toPlainString() + " is allowed");
    }
    value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    if (value.scale() > SCALE) {
      throw new InvalidRecordException(
          Rejection.INVALID_QUANTITY,
          "quantity has " + value.scale() + " decimals; at most " + SCALE + " are allowed");
    }
    if (value.scale() < 0) {
      value = value.setScale(0);
    }
  }

  public static Quantity of(long value) {
    return new Quantity(BigDecimal.valueOf(value));
  }

  public Quantity plus(Quantity other) {
    return new Quantity(value.add(other.value));
  }

  public boolean isZero() {
    return value.signum() == 0;
  }

  @Override
  public int compareTo(Quantity other) {
    return value.compareTo(other.value);
  }

  /** A plain decimal without exponent or trailing zeros. */
  @Override
  public String toString() {
    return value.toPlainString();
  }

  private static String shown(BigDecimal value) {
    return value.precision() - (long) value.scale() > 40 ? "over 10^40" : value.toPlainString();
  }
}
