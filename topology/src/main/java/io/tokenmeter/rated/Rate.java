package io.tokenmeter.rated;

import io.tokenmeter.measured.Meter;
import java.math.BigDecimal;
import java.util.Map;

/**
 * What a meter costs under conditions.
 *
 * @param meter what it prices
 * @param price for {@code per} units of the meter, 0 or more, at most 18 decimals; 0 is free on
 *     purpose; without trailing zeros
 * @param per how many units the price buys, above 0, at most 12 decimals; without trailing zeros
 * @param when conditions that must all hold, name to value; empty means always; see {@link
 *     Condition}
 * @param rounding how the quantity is taken before it is multiplied
 */
public record Rate(
    Meter meter, BigDecimal price, BigDecimal per, Map<String, String> when, Rounding rounding) {
  public Rate {
    price = Plain.decimal(price);
    per = Plain.decimal(per);
    if (price.signum() < 0) {
      throw new IllegalArgumentException("price is " + price.toPlainString() + "; 0 or more");
    }
    if (price.scale() > 18) {
      throw new IllegalArgumentException("price has " + price.scale() + " decimals; at most 18");
    }
    if (per.signum() <= 0) {
      throw new IllegalArgumentException("per is " + per.toPlainString() + "; above 0");
    }
    if (per.scale() > 12) {
      throw new IllegalArgumentException("per has " + per.scale() + " decimals; at most 12");
    }
    when = Map.copyOf(when);
  }

  /** A rate that takes the quantity as it is. */
  public Rate(Meter meter, BigDecimal price, BigDecimal per, Map<String, String> when) {
    this(meter, price, per, when, Rounding.NONE);
  }
}
