package io.tokenmeter.rated;

import java.util.List;

/**
 * A usage with its price.
 *
 * @param book the price book
 * @param unit what the amounts are in, as in USD or credit
 * @param model the book's model that priced it
 * @param matchedName the name, alias or pattern of the book under which it was found
 * @param version of the price
 * @param lines in the order of the readings; they add up to the amount
 * @param amount 0 or more
 */
public record Priced(
    String book,
    String unit,
    String model,
    String matchedName,
    String version,
    List<Line> lines,
    Amount amount)
    implements Rating {
  /**
   * @throws IllegalArgumentException when the lines don't add up to the amount
   */
  public Priced {
    lines = List.copyOf(lines);
    Amount sum = lines.stream().map(Line::amount).reduce(Amount.ZERO, Amount::plus);
    if (!sum.equals(amount)) {
      throw new IllegalArgumentException("lines add up to " + sum + ", not to " + amount);
    }
  }
}
