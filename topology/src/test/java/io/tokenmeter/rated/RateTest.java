package io.tokenmeter.rated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.measured.Meter;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RateTest {
  @Test
  void isTheSameHoweverItsFiguresAreSpelled() {
    assertThat(rate("1.10", "1E+3")).isEqualTo(rate("1.1", "1000"));
    assertThat(rate("0.00", "1").price()).hasToString("0");
  }

  @Test
  void refusesFiguresThatTheCatalogueCannotHold() {
    assertThatThrownBy(() -> rate("-0.1", "1")).hasMessage("price is -0.1; 0 or more");
    assertThatThrownBy(() -> rate("1E-19", "1")).hasMessage("price has 19 decimals; at most 18");
    assertThatThrownBy(() -> rate("1", "0")).hasMessage("per is 0; above 0");
    assertThatThrownBy(() -> rate("1", "1E-13")).hasMessage("per has 13 decimals; at most 12");
  }

  private static Rate rate(String price, String per) {
    return new Rate(Meter.IMAGES, new BigDecimal(price), new BigDecimal(per), Map.of());
  }
}
