package io.tokenmeter.query;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How much of gateways' batches an instance holds at a time: {@link #BATCHES} of them, and {@link
 * #MEBIBYTES} of them together, decompressed. Whoever comes when that is used up waits for {@link
 * #PATIENCE}, and is then told to come again.
 */
final class InFlight {
  /** Each holds a thread, and there must be some left for questions. */
  static final int BATCHES = 16;

  static final int MEBIBYTES = 96;
  static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final long MEBIBYTE = 1 << 20;

  private final Semaphore batches = new Semaphore(BATCHES, true);
  private final Semaphore mebibytes = new Semaphore(MEBIBYTES, true);

  /** One batch's share, given back when it is closed. */
  final class Share implements AutoCloseable {
    private int held;

    private Share() {}

    /**
     * Takes what so many bytes of the batch need.
     *
     * @throws ProblemException when there is no room
     */
    void grow(long bytes) {
      while (held * MEBIBYTE < bytes) {
        take(mebibytes);
        held++;
      }
    }

    @Override
    public void close() {
      mebibytes.release(held);
      batches.release();
    }
  }

  /**
   * Begins a batch.
   *
   * @throws ProblemException when there is no room
   */
  Share begin() {
    take(batches);
    return new Share();
  }

  /** How much is held now. */
  int heldMebibytes() {
    return MEBIBYTES - mebibytes.availablePermits();
  }

  private static void take(Semaphore permits) {
    try {
      if (permits.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new ProblemException(
        ProblemCode.TOO_MANY_BATCHES,
        BATCHES
            + " batches or "
            + MEBIBYTES
            + " MiB of them are under way here; send the same again in a second, or to another"
            + " instance");
  }
}
