package io.tokenmeter.rated;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a price page wants a quantity taken before it is multiplied: as it is, or in whole steps of
 * the meter's unit. OpenAI's page of 2023 bills Whisper "rounded to the nearest second", which is
 * {@code nearest 1}; a price per started minute is {@code up 60}.
 *
 * @param how towards which multiple of the step
 * @param step in the meter's unit, above 0, at most 12 decimals; 1 where {@code how} is NONE
 */
public record Rounding(How how, BigDecimal step) {
  /** Towards which multiple of the step a quantity goes. */
  public enum How {
    NONE,
    /** The nearest; a half goes up, as pages mean it that say "rounded to the nearest". */
    NEAREST,
    /** The next one that isn't below the quantity. */
    UP
  }

  /** The quantity as it is. */
  public static final Rounding NONE = new Rounding(How.NONE, BigDecimal.ONE);

  private static final Pattern TEXT = Pattern.compile("(nearest|up)(?: ([0-9]+(?:\\.[0-9]+)?))?");

  /**
   * @throws IllegalArgumentException when the step isn't above 0 or has more than 12 decimals
   */
  public Rounding {
    step = Plain.decimal(step);
    if (step.signum() <= 0 || step.scale() > 12) {
      throw new IllegalArgumentException(
          "round is to steps of " + step.toPlainString() + "; above 0, at most 12 decimals");
    }
    if (how == How.NONE) {
      step = BigDecimal.ONE;
    }
  }

  /**
   * The rounding that a text spells: empty for none, {@code nearest} or {@code up} with a step that
   * may be left out when it is 1.
   *
   * @return empty when it spells none
   */
  public static Optional<Rounding> named(String text) {
    if (text.isEmpty()) {
      return Optional.of(NONE);
    }
    Matcher found = TEXT.matcher(text);
    if (!found.matches()) {
      return Optional.empty();
    }
    BigDecimal step = found.group(2) == null ? BigDecimal.ONE : new BigDecimal(found.group(2));
    if (step.signum() == 0 || Plain.decimal(step).scale() > 12) {
      return Optional.empty();
    }
    How how = found.group(1).equals("up") ? How.UP : How.NEAREST;
    return Optional.of(new Rounding(how, step));
  }

  /** A quantity in whole steps; exact. */
  public BigDecimal of(BigDecimal quantity) {
    return switch (how) {
      case NONE -> quantity;
      case NEAREST -> quantity.divide(step, 0, RoundingMode.HALF_UP).multiply(step);
      case UP -> quantity.divide(step, 0, RoundingMode.CEILING).multiply(step);
    };
  }

  /** As on the wire and in a book: {@code nearest 1}; empty for none. */
  public String text() {
    return switch (how) {
      case NONE -> "";
      case NEAREST -> "nearest " + step.toPlainString();
      case UP -> "up " + step.toPlainString();
    };
  }
}
