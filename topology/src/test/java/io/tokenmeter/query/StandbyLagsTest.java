package io.tokenmeter.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class StandbyLagsTest {
  @Test
  @Timeout(20)
  void keepNobodyWaitingWhereTheBrokersDoNotAnswerAndAskThemOnce() throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    AtomicInteger looks = new AtomicInteger();
    StandbyLags lags =
        new StandbyLags(
            () -> {
              looks.incrementAndGet();
              try {
                answered.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return Map.of();
            });
    long begunNanos = System.nanoTime();
    assertThat(lags.lagRecords(0)).isEqualTo(OptionalLong.empty());
    assertThat(lags.lagRecords(1)).isEqualTo(OptionalLong.empty());
    assertThat(Duration.ofNanos(System.nanoTime() - begunNanos))
        .isGreaterThanOrEqualTo(StandbyLags.PATIENCE.multipliedBy(2));
    assertThat(looks).hasValue(1);
    answered.countDown();
  }

  @Test
  void sayNothingOfACopyWhoseAgeTheBrokersDoNotTell() {
    StandbyLags lags =
        new StandbyLags(
            () -> {
              throw new StreamsException("away");
            });
    assertThat(lags.lagRecords(0)).isEqualTo(OptionalLong.empty());
  }
}
