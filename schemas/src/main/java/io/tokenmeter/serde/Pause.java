package io.tokenmeter.serde;

import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.common.errors.InterruptException;

/** Waits between tries, so that many clients don't come back in step. */
final class Pause {
  private Pause() {}

  /**
   * Waits between half and all of the given time.
   *
   * @throws InterruptException when the thread is asked to stop; its flag stays set
   */
  static void of(long longestMs) {
    try {
      Thread.sleep(longestMs - ThreadLocalRandom.current().nextLong(longestMs / 2 + 1));
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
