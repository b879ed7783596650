package io.tokenmeter.rated;

import io.tokenmeter.measured.Meter;
import java.math.BigDecimal;
import java.util.Map;

/**
 * What a meter costs under conditions.
 *
 * @param meter what it prices
 * @param price for {@code per} units of the meter, 0 or more, at most 18 decimals; 0 is free on
 *     purpose
 * @param per how many units the price buys, above 0
 * @param when conditions that must all hold, name to value; empty means always
 */
public record Rate(Meter meter, BigDecimal price, BigDecimal per, Map<String, String> when) {
  public Rate {
    if (price.signum() < 0) {
      throw new IllegalArgumentException("price is " + price.toPlainString() + "; 0 or more");
    }
    if (per.signum() <= 0) {
      throw new IllegalArgumentException("per is " + per.toPlainString() + "; above 0");
    }
    when = Map.copyOf(when);
  }
}
