package io.tokenmeter.stream;

import io.tokenmeter.events.WatchedLedger;
import io.tokenmeter.ledger.Remembered;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Removes ids that are forgotten, by walking through all of them, a stretch a run.
 *
 * <p>A list of ids by the time at which each can go would find them without looking at the others.
 * It took 54 bytes an id, as much as the id itself, one more changelog record for each exchange
 * when it was billed and another one when it was forgotten. Walking costs a look at each id once in
 * a pass. At 10,000 a second a pass over ten million takes a quarter of an hour and half a percent
 * of a core; between passes it rests. Nothing depends on when an id goes: by rule it is forgotten
 * before.
 */
final class Forgetting {
  /** How many ids a run looks at: a few milliseconds. */
  static final int MOST_IN_A_RUN = 10_000;

  /** From the end of a pass to the beginning of the next one. */
  static final Duration REST = Duration.ofMinutes(30);

  private final KeyValueStore<String, Remembered> ids;
  private final WatchedLedger ledger;
  private final Runnable forgotten;
  private Instant nextPass = Instant.MIN;
  private @Nullable String next;

  /**
   * Of one partition's ids.
   *
   * @param forgotten told of each id that is removed
   */
  Forgetting(KeyValueStore<String, Remembered> ids, WatchedLedger ledger, Runnable forgotten) {
    this.ids = ids;
    this.ledger = ledger;
    this.forgotten = forgotten;
  }

  /**
   * Walks on.
   *
   * @param now by any clock
   * @param journal the latest append time that the partition has shown
   */
  void run(Instant now, Instant journal) {
    if (next == null && now.isBefore(nextPass)) {
      return;
    }
    List<String> removable = new ArrayList<>();
    int looked = 0;
    try (KeyValueIterator<String, Remembered> left = ids.range(next, null)) {
      while (left.hasNext() && looked++ < MOST_IN_A_RUN) {
        KeyValue<String, Remembered> id = left.next();
        if (ledger.canRemove(id.value, journal)) {
          removable.add(id.key);
        }
      }
      next = left.hasNext() ? left.peekNextKey() : null;
    }
    for (String key : removable) {
      ids.delete(key);
      forgotten.run();
    }
    if (next == null) {
      nextPass = now.plus(REST);
    }
  }
}
