package io.tokenmeter.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when a stream thread dies. A passing cause (a broker or the registry that doesn't
 * answer, a transaction that the brokers ended under it) gets a new thread, but not for ever;
 * anything else is a defect or a broken set-up and stops the application, whose work goes to the
 * others.
 */
final class StreamsFailures implements StreamsUncaughtExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(StreamsFailures.class);
  private static final int MOST_REPLACED = 10;
  private static final Duration WITHIN = Duration.ofMinutes(10);
  private static final int DEEPEST_CAUSE = 20;

  private final String application;
  private final Path state;
  private final Deque<Long> replacedAtNanos = new ArrayDeque<>();

  /**
   * @param state the directory of the state stores
   */
  StreamsFailures(String application, Path state) {
    this.application = application;
    this.state = state;
  }

  @Override
  public StreamThreadExceptionResponse handle(Throwable failure) {
    return decide(failure, System.nanoTime());
  }

  synchronized StreamThreadExceptionResponse decide(Throwable failure, long nowNanos) {
    while (!replacedAtNanos.isEmpty()
        && nowNanos - replacedAtNanos.peekFirst() > WITHIN.toNanos()) {
      replacedAtNanos.removeFirst();
    }
    if (isPassing(failure) && replacedAtNanos.size() < MOST_REPLACED) {
      replacedAtNanos.addLast(nowNanos);
      LOG.atWarn()
          .addKeyValue("application", application)
          .log("{}: a thread died and is replaced: {}", application, rootOf(failure).toString());
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    LOG.atError()
        .addKeyValue("application", application)
        .setCause(failure)
        .log(
            "{}: a thread died and the application stops{}",
            application,
            advice(failure, state).map(what -> "; " + what).orElse(""));
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  /**
   * What to do about a failure, where that is known.
   *
   * @param state the directory of the state stores
   */
  static Optional<String> advice(Throwable failure, Path state) {
    return isOfState(failure)
        ? Optional.of(
            "the state in "
                + state
                + " can't be read or written ("
                + rootOf(failure).getMessage()
                + "). Is the disk full? Else files are damaged: while this instance is stopped, delete "
                + state
                + "; it is restored from the changelog topics")
        : Optional.empty();
  }

  private static boolean isOfState(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
      if (cause instanceof ProcessorStateException || cause instanceof RocksDBException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static boolean isPassing(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
      if (cause instanceof RetriableException
          || cause instanceof TransactionAbortedException
          || cause instanceof InvalidTxnStateException
          || cause instanceof TimeoutException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    for (int depth = 0; root.getCause() != null && depth < DEEPEST_CAUSE; depth++) {
      root = root.getCause();
    }
    return root;
  }
}
