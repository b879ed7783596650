package io.tokenmeter.rated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class RoundingTest {
  @Test
  void takesTheNearestStepAndAHalfUp() {
    assertThat(rounded("nearest", "61.4")).isEqualByComparingTo("61");
    assertThat(rounded("nearest", "61.5")).isEqualByComparingTo("62");
    assertThat(rounded("nearest", "62.5")).isEqualByComparingTo("63");
    assertThat(rounded("nearest 0.1", "0.05")).isEqualByComparingTo("0.1");
  }

  @Test
  void takesTheNextStepUp() {
    assertThat(rounded("up 60", "60")).isEqualByComparingTo("60");
    assertThat(rounded("up 60", "60.001")).isEqualByComparingTo("120");
  }

  @Test
  void leavesAQuantityAloneWithoutARounding() {
    assertThat(rounded("", "0.123")).isEqualByComparingTo("0.123");
  }

  @Test
  void spellsItselfAsItIsRead() {
    for (String text : new String[] {"", "nearest 1", "up 60", "up 0.5"}) {
      assertThat(Rounding.named(text).orElseThrow().text()).isEqualTo(text);
    }
    assertThat(Rounding.named("nearest")).isEqualTo(Rounding.named("nearest 1.0"));
    assertThat(Rounding.named("up 0")).isEmpty();
    assertThat(Rounding.named("up -1")).isEmpty();
    assertThat(Rounding.named("down")).isEmpty();
  }

  @Test
  void refusesAStepThatIsNotAboveZero() {
    assertThatThrownBy(() -> new Rounding(Rounding.How.UP, BigDecimal.ZERO))
        .hasMessage("round is to steps of 0; above 0, at most 12 decimals");
  }

  private static BigDecimal rounded(String rounding, String quantity) {
    return Rounding.named(rounding).orElseThrow().of(new BigDecimal(quantity));
  }
}
