package io.tokenmeter.proof;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The long mixture, see {@code docs/surviving.md}: {@code -Dtokenmeter.minutes} and {@code
 * -Dtokenmeter.seed}. Its one word is the directory that the report is written to.
 */
final class CrashRun {
  private static final int LIGHT_PER_ROUND = 100;
  private static final int ROUNDS_A_COMPARISON = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private CrashRun() {}

  public static void main(String[] words) throws Exception {
    long seed = Long.getLong("tokenmeter.seed", System.currentTimeMillis() % 1_000_000_000);
    Duration length = Duration.ofMinutes(Long.getLong("tokenmeter.minutes", 60));
    System.out.println("seed " + seed + ", " + length.toMinutes() + " minutes");
    long end = System.nanoTime() + length.toNanos();
    PlainAccount.Times times =
        new PlainAccount.Times(Duration.ofDays(7), Duration.ofMinutes(2), Duration.ofDays(1));
    Path directory = Files.createTempDirectory("tokenmeter-crash-");
    Scene.Plan plan = new Scene.Plan(directory, 3, 3, List.of("all", "ledger", "measure"), times);
    Mixture.Size size = new Mixture.Size(seed, false, PATIENCE, ROUNDS_A_COMPARISON, 3, 30);
    Schedule schedule = new Schedule(seed, Fault.heavy(), Fault.light(), LIGHT_PER_ROUND);
    System.out.println("logs and data in " + directory);
    boolean passed;
    try (Scene scene = Scene.start(plan)) {
      Report report =
          new Mixture(scene, schedule, size, Path.of(words[0]))
              .run(() -> System.nanoTime() - end < 0);
      passed = report.differences().isEmpty();
    }
    System.exit(passed ? 0 : 1);
  }
}
