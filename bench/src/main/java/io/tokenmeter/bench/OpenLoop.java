package io.tokenmeter.bench;

import java.util.concurrent.locks.LockSupport;

/** Does things at a constant rate, whether or not those before have ended. */
final class OpenLoop {
  private static final long SPIN_NANOS = 60_000;

  /** One of the things. */
  interface Step {
    /**
     * @param dueNanos when it was due, by {@link System#nanoTime}
     */
    void run(int number, long dueNanos);
  }

  private OpenLoop() {}

  static void run(int count, double perSecond, Step step) {
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long due = start + (long) (i * 1e9 / perSecond);
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        if (left > SPIN_NANOS) {
          LockSupport.parkNanos(left - SPIN_NANOS);
        }
      }
      step.run(i, due);
    }
  }
}
