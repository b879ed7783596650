package io.tokenmeter.rated;

import io.tokenmeter.measured.Meter;
import io.tokenmeter.measured.Provenance;
import io.tokenmeter.raw.Quantity;
import java.math.BigDecimal;
import java.util.Map;

/**
 * One line of a charge: quantity × price ÷ per = amount.
 *
 * @param meter what was used
 * @param rateMeter the meter of the rate that priced it: another one where the book gives the meter
 *     no price of its own and a documented rule prices it as another (cached input as input)
 * @param dimensions of the reading
 * @param quantity how much is charged: what was used, in the steps that the rate rounds to
 * @param price for {@code per} units, in the book's unit
 * @param per how many units the price buys
 * @param amount rounded half-even to 12 decimals where it has more
 * @param provenance how the quantity is known
 * @param rule the conditions of the rate that matched, as {@code name=value} in order of name,
 *     comma between, with {@code round} among them where the rate rounds the quantity; empty when
 *     it has none; {@code included} when the book includes the meter
 */
public record Line(
    Meter meter,
    Meter rateMeter,
    Map<String, String> dimensions,
    Quantity quantity,
    BigDecimal price,
    BigDecimal per,
    Amount amount,
    Provenance provenance,
    String rule) {
  public Line {
    dimensions = Map.copyOf(dimensions);
  }
}
