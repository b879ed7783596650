package io.tokenmeter.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class QuantityTest {
  @Test
  void showsAPlainDecimalWithoutTrailingZeros() {
    assertThat(new Quantity(new BigDecimal("1.500"))).hasToString("1.5");
    assertThat(new Quantity(new BigDecimal("1E+3"))).hasToString("1000");
    assertThat(new Quantity(new BigDecimal("0.000"))).isEqualTo(Quantity.ZERO);
  }

  @Test
  void refusesANegativeQuantityAndSaysWhatIsAllowed() {
    assertThatThrownBy(() -> new Quantity(new BigDecimal("-0.5")))
        .isInstanceOf(InvalidRecordException.class)
        .hasMessage("quantity is -0.5; 0 to 1000000000000000 is allowed");
  }

  @Test
  void refusesAnAbsurdQuantityWithoutWritingItOut() {
    assertThatThrownBy(() -> new Quantity(new BigDecimal("1E+2000000")))
        .hasMessage("quantity is over 10^40; 0 to 1000000000000000 is allowed");
  }

  @Test
  void refusesMoreDecimalsThanAChargeCanHold() {
    assertThatThrownBy(() -> new Quantity(new BigDecimal("0.0000000000001")))
        .hasMessage("quantity has 13 decimals; at most 12 are allowed");
  }
}
