package io.tokenmeter.proof;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** Seeded choices of a fault: whom it strikes, and for how long. */
final class Dice {
  private final SplittableRandom random;
  private final boolean brief;

  /**
   * @param brief times are the shortest that are allowed
   */
  Dice(long seed, boolean brief) {
    this.random = new SplittableRandom(seed);
    this.brief = brief;
  }

  <T> T oneOf(List<T> all) throws NotStruckException {
    if (all.isEmpty()) {
      throw new NotStruckException("nobody is there to strike");
    }
    return all.get(random.nextInt(all.size()));
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  Duration millis(int from, int to) {
    return Duration.ofMillis(brief ? from : from + random.nextInt(to - from));
  }
}
