package io.tokenmeter.stream;

import io.tokenmeter.events.WatchedLedger;
import io.tokenmeter.ledger.Due;
import io.tokenmeter.ledger.Remembered;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Works off what is due, in order of time.
 *
 * <p>Deleted entries stay in RocksDB as tombstones for a while, and a scan from the beginning would
 * wade through them again each second. So each scan begins where the last one ended, unless
 * something earlier was scheduled since, as happens while a backlog is worked off.
 */
final class DueScan {
  private final KeyValueStore<byte[], byte[]> dues;
  private final KeyValueStore<String, Remembered> ids;
  private final WatchedLedger ledger;
  private final Map<Due.Kind, Long> lowWaterMs = new EnumMap<>(Due.Kind.class);

  DueScan(
      KeyValueStore<byte[], byte[]> dues,
      KeyValueStore<String, Remembered> ids,
      WatchedLedger ledger) {
    this.dues = dues;
    this.ids = ids;
    this.ledger = ledger;
    for (Due.Kind kind : Due.Kind.values()) {
      lowWaterMs.put(kind, 0L);
    }
  }

  void add(Due due) {
    dues.put(StoreKeys.due(due), LedgerStores.nothing());
    lowWaterMs.merge(due.kind(), due.at().toEpochMilli(), Math::min);
  }

  /** Looks at what is due. */
  void run(Instant now, Housekeeping.Reminders reminders) {
    for (Due.Kind kind : Due.Kind.values()) {
      run(kind, now, reminders);
    }
  }

  private void run(Due.Kind kind, Instant now, Housekeeping.Reminders reminders) {
    List<byte[]> keys = new ArrayList<>();
    long from = lowWaterMs.get(kind);
    long until = Math.max(now.toEpochMilli(), 0) + 1;
    if (from >= until) {
      return;
    }
    try (KeyValueIterator<byte[], byte[]> due =
        dues.range(StoreKeys.dueFrom(kind, from), StoreKeys.dueFrom(kind, until))) {
      while (due.hasNext() && keys.size() < Housekeeping.MOST_IN_A_RUN) {
        keys.add(due.next().key);
      }
    }
    for (byte[] key : keys) {
      workOff(key, now, reminders);
    }
    lowWaterMs.put(
        kind,
        keys.size() < Housekeeping.MOST_IN_A_RUN
            ? until
            : StoreKeys.due(keys.get(keys.size() - 1)).at().toEpochMilli());
  }

  private void workOff(byte[] key, Instant now, Housekeeping.Reminders reminders) {
    Due due = StoreKeys.due(key);
    String id = StoreKeys.remembered(due.orgId(), due.key());
    ledger
        .due(due, Optional.ofNullable(ids.get(id)), now)
        .ifPresent(reminder -> reminders.remind(reminder, now.toEpochMilli()));
    dues.delete(key);
  }
}
