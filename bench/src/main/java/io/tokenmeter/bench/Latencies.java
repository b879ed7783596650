package io.tokenmeter.bench;

import java.util.Arrays;

/**
 * How long each of many things took, from when it was due on, not from when it was begun: what
 * waits because something before it was slow has waited.
 */
final class Latencies {
  private final long[] nanos;
  private int count;

  /**
   * @param most how many there can be
   */
  Latencies(int most) {
    nanos = new long[most];
  }

  synchronized void add(long latencyNanos) {
    if (count < nanos.length) {
      nanos[count++] = latencyNanos;
    }
  }

  synchronized int count() {
    return count;
  }

  /**
   * Milliseconds within which a share of them ended.
   *
   * @param share above 0, at most 1
   * @throws BenchFailure when there are none
   */
  synchronized double millis(double share) {
    if (count == 0) {
      throw new BenchFailure("nothing was timed; give it longer");
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return sorted[(int) Math.ceil(share * count) - 1] / 1e6;
  }
}
