package io.tokenmeter.bench;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Work beside the load, whose failure is the benchmark's. */
final class Background extends Thread {
  private static final Duration LOOK = Duration.ofMillis(3);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Runnable work;
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

  private Background(String name, Runnable work) {
    super(name);
    this.work = work;
    setDaemon(true);
  }

  static Background start(String name, Runnable work) {
    Background thread = new Background(name, work);
    thread.start();
    return thread;
  }

  @Override
  public void run() {
    try {
      work.run();
    } catch (RuntimeException e) {
      failure.set(e);
    }
  }

  /**
   * Waits until it is done.
   *
   * @throws RuntimeException that it threw
   */
  void await() {
    try {
      join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted", e);
    }
    RuntimeException failed = failure.get();
    if (failed != null) {
      throw failed;
    }
  }

  /** Waits until something holds. */
  static void await(BooleanSupplier condition, String what) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!condition.getAsBoolean()) {
        if (System.nanoTime() - deadline > 0) {
          throw new BenchFailure(what + " didn't come within " + PATIENCE);
        }
        Thread.sleep(LOOK.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted", e);
    }
  }
}
