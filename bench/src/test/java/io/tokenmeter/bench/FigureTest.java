package io.tokenmeter.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FigureTest {
  @Test
  void isTheMedianOfItsRunsWithTheirSpread() {
    Figure figure = Figure.of("CPU", "µs", Target.atMost("10"), 12, 8, 9);

    assertThat(figure.value()).isEqualTo(9);
    assertThat(figure.spread()).isEqualTo("8–12");
    assertThat(figure.meetsItsTarget()).isTrue();
    assertThat(Figure.of("CPU", "µs", Target.atMost("10"), 10, 11).value()).isEqualTo(10.5);
    assertThat(Figure.of("CPU", "µs", Target.lower(), 10).spread()).isEmpty();
  }

  @Test
  void missesATargetOnTheWrongSideOfIt() {
    assertThat(Figure.of("CPU", "µs", Target.atMost("300"), 300.1).meetsItsTarget()).isFalse();
    assertThat(Figure.of("rate", "/s", Target.atLeast("5000"), 4999).meetsItsTarget()).isFalse();
    assertThat(Figure.of("rate", "/s", Target.atLeast("5000"), 5000).meetsItsTarget()).isTrue();
  }

  @Test
  void showsThreeDigitsThatCount() {
    assertThat(Figure.shown(12345.6)).isEqualTo("12,346");
    assertThat(Figure.shown(345.67)).isEqualTo("346");
    assertThat(Figure.shown(34.567)).isEqualTo("34.6");
    assertThat(Figure.shown(3.4567)).isEqualTo("3.46");
    assertThat(Figure.shown(7)).isEqualTo("7");
  }

  @Test
  void refusesAMedianOutsideItsRuns() {
    assertThatThrownBy(() -> new Figure("CPU", "µs", 9, 10, 12, 2, Target.lower()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("CPU is 10.0 to 12.0 around 9.0 in 2 runs");
  }

  @Test
  void hasMovedOnlyWhereItsRunsLieApart() {
    Figure before = Figure.of("CPU", "µs", Target.lower(), 100, 110, 120);

    assertThat(Movement.of(null, before)).isEqualTo(Movement.NEW);
    assertThat(Movement.of(before, Figure.of("CPU", "µs", Target.lower(), 80, 95, 101)))
        .as("they overlap")
        .isEqualTo(Movement.SAME);
    assertThat(Movement.of(before, Figure.of("CPU", "µs", Target.lower(), 70, 80, 90)))
        .isEqualTo(Movement.BETTER);
    assertThat(Movement.of(before, Figure.of("CPU", "µs", Target.lower(), 121, 130, 140)))
        .isEqualTo(Movement.WORSE);
    assertThat(Movement.of(before, Figure.of("CPU", "µs", Target.lower(), 95)))
        .as("one run may be off by a fifth")
        .isEqualTo(Movement.SAME);
    assertThat(Movement.shown(before, Figure.of("CPU", "µs", Target.lower(), 54, 55, 56)))
        .isEqualTo("better by 50%, was 110");
  }

  @Test
  void isBetterWhenARateRises() {
    Figure before = Figure.of("rate", "/s", Target.higher(), 100, 110, 120);

    assertThat(Movement.of(before, Figure.of("rate", "/s", Target.higher(), 150, 160)))
        .isEqualTo(Movement.BETTER);
  }
}
