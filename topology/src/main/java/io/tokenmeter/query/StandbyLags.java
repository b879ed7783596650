package io.tokenmeter.query;

import io.tokenmeter.ledger.CalendarWindow;
import io.tokenmeter.stream.LedgerStores;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.streams.LagInfo;
import org.apache.kafka.streams.errors.StreamsException;
import org.jspecify.annotations.Nullable;

/**
 * How far behind this instance's standbys are, looked up at most once a second: every look asks the
 * brokers where the changelogs end, and standbys are asked for when something is away.
 *
 * <p>It may be the brokers that are away. A look takes them a minute to fail then, so it has a
 * thread of its own, one look is under way at a time, and nobody waits for it for longer than
 * {@link #PATIENCE}.
 */
final class StandbyLags {
  static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration VALID = Duration.ofSeconds(1);
  private static final Executor ASIDE =
      look -> {
        Thread thread = new Thread(look, "tokenmeter-standby-lags");
        thread.setDaemon(true);
        thread.start();
      };

  /**
   * Under exactly-once a changelog ends with the mark of the last commit, which is no change: a
   * standby that has applied everything is one record behind its end, as was measured.
   */
  private static final long COMMIT_MARK_RECORDS = 1;

  private final Supplier<Map<String, Map<Integer, LagInfo>>> brokers;
  private @Nullable CompletableFuture<Map<Integer, Long>> look;
  private long lookedAtNanos;

  /**
   * Of one instance.
   *
   * @param brokers how far behind the instance's stores are, by store and partition, as {@link
   *     org.apache.kafka.streams.KafkaStreams#allLocalStorePartitionLags} tells
   */
  StandbyLags(Supplier<Map<String, Map<Integer, LagInfo>>> brokers) {
    this.brokers = brokers;
  }

  /**
   * How many changes of the queryable stores of a partition aren't applied here.
   *
   * @return empty when the partition isn't here, or the brokers don't say in time where it ends
   */
  OptionalLong lagRecords(int partition) {
    try {
      Long lag = latest().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).get(partition);
      return lag == null ? OptionalLong.empty() : OptionalLong.of(lag);
    } catch (TimeoutException e) {
      return OptionalLong.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalLong.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("looking up the lags of standbys failed", e.getCause());
    }
  }

  /** The look that is under way, or was begun a second ago or less; else a new one. */
  private synchronized CompletableFuture<Map<Integer, Long>> latest() {
    long nowNanos = System.nanoTime();
    boolean isOld = nowNanos - lookedAtNanos > VALID.toNanos();
    if (look == null || (look.isDone() && isOld)) {
      look = CompletableFuture.supplyAsync(this::look, ASIDE);
      lookedAtNanos = nowNanos;
    }
    return look;
  }

  private Map<Integer, Long> look() {
    try {
      Map<String, Map<Integer, LagInfo>> all = brokers.get();
      Map<Integer, Long> sums = new HashMap<>();
      add(sums, all, LedgerStores.ACCOUNTS);
      add(sums, all, LedgerStores.CHARGES);
      add(sums, all, LedgerStores.IDS);
      for (CalendarWindow window : CalendarWindow.values()) {
        add(sums, all, LedgerStores.usage(window));
      }
      return sums;
    } catch (StreamsException | IllegalStateException e) {
      // The brokers are away or the application is not running: nobody can say how old a copy is.
      return Map.of();
    }
  }

  private static void add(
      Map<Integer, Long> sums, Map<String, Map<Integer, LagInfo>> all, String store) {
    all.getOrDefault(store, Map.of())
        .forEach(
            (partition, lag) ->
                sums.merge(
                    partition, Math.max(0, lag.offsetLag() - COMMIT_MARK_RECORDS), Long::sum));
  }
}
