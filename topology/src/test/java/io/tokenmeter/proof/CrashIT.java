package io.tokenmeter.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A short mixture of faults, of every kind that is quick, on three brokers and two instances: in
 * the end nothing is lost, nothing is billed twice and every figure is right to the last digit.
 * {@code -Dtokenmeter.seed} repeats the faults and the traffic; the long mixture is in {@code
 * docs/surviving.md}.
 */
class CrashIT {
  private static final long SEED = Long.getLong("tokenmeter.seed", 20_261_128L);
  private static final int LIGHT_PER_ROUND = 4;

  private static final List<Fault> HEAVY =
      List.of(
          Fault.KILLED_IN_MEASURE,
          Fault.KILLED_IN_LEDGER,
          Fault.KILLED_IN_COMMIT,
          Fault.KILLED_IN_RESTORE,
          Fault.STATE_DAMAGED_AFTER_STOP,
          Fault.SCALED_OUT,
          Fault.BROKER_KILLED,
          Fault.ALL_BROKERS_KILLED);

  @TempDir Path directory;

  @Test
  void everyFigureIsRightWhateverIsKilled() throws Exception {
    PlainAccount.Times times =
        new PlainAccount.Times(Duration.ofDays(7), Duration.ofSeconds(15), Duration.ofDays(1));
    Scene.Plan plan = new Scene.Plan(directory, 3, 3, List.of("all", "all"), times);
    Mixture.Size size = new Mixture.Size(SEED, true, Duration.ofMinutes(10), 100, 2, 30);
    Schedule schedule = new Schedule(SEED, HEAVY, Fault.light(), LIGHT_PER_ROUND);
    AtomicInteger rounds = new AtomicInteger();
    System.out.println("seed " + SEED);
    try (Scene scene = Scene.start(plan)) {
      Mixture mixture = new Mixture(scene, schedule, size, Path.of("target", "proof"));
      Report report = mixture.run(() -> rounds.incrementAndGet() < HEAVY.size());
      assertThat(report.differences()).isEmpty();
      assertThat(report.faults()).isGreaterThanOrEqualTo(12);
    }
  }
}
