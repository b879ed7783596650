package io.tokenmeter.rated;

import java.math.BigDecimal;

/**
 * One spelling for each decimal, so that equal prices are equal values: 1.10 is 1.1, 1E+3 is 1000.
 */
final class Plain {
  private Plain() {}

  static BigDecimal decimal(BigDecimal value) {
    if (value.signum() == 0) {
      return BigDecimal.ZERO;
    }
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
