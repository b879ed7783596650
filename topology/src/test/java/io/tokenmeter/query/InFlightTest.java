package io.tokenmeter.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InFlightTest {
  private static final long MEBIBYTE = 1 << 20;
  private final InFlight inFlight = new InFlight();

  @Test
  void tellsTheNextBatchToComeAgainWhenAsManyAsMayBeAreUnderWay() {
    List<InFlight.Share> shares = new ArrayList<>();
    for (int i = 0; i < InFlight.BATCHES; i++) {
      shares.add(inFlight.begin());
    }
    assertThatThrownBy(inFlight::begin)
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.TOO_MANY_BATCHES));
    shares.get(0).close();
    inFlight.begin().close();
  }

  @Test
  void holdsNoMoreThanItSaysOfAllBatchesTogether() {
    try (InFlight.Share first = inFlight.begin()) {
      first.grow(InFlight.MEBIBYTES * MEBIBYTE - 1);
      assertThat(inFlight.heldMebibytes()).isEqualTo(InFlight.MEBIBYTES);
      try (InFlight.Share second = inFlight.begin()) {
        assertThatThrownBy(() -> second.grow(1)).isInstanceOf(ProblemException.class);
      }
    }
    assertThat(inFlight.heldMebibytes()).isZero();
  }
}
