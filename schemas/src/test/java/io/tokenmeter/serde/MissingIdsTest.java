package io.tokenmeter.serde;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class MissingIdsTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final MissingIds missing = new MissingIds(10, nanos::get);

  @Test
  void anIdIsMissingForItsLifetimeAlsoWhereTheClockWraps() {
    assertThat(missing.contains(7)).isFalse();
    missing.add(7);
    assertThat(missing.contains(7)).isTrue();
    assertThat(missing.contains(8)).isFalse();
    nanos.addAndGet(9);
    assertThat(missing.contains(7)).isTrue();
    nanos.addAndGet(1);
    assertThat(missing.contains(7)).isFalse();
  }

  @Test
  void aSecondLookIsGivenOnceInALifetime() {
    assertThat(missing.maySecondLook()).isTrue();
    assertThat(missing.maySecondLook()).isFalse();
    nanos.addAndGet(10);
    assertThat(missing.maySecondLook()).isTrue();
  }

  @Test
  void noMoreThanTenThousandIdsAreHeld() {
    for (int id = 0; id <= 10_000; id++) {
      missing.add(id);
    }
    assertThat(missing.contains(0)).isFalse();
    assertThat(missing.contains(10_000)).isTrue();
  }
}
