package io.tokenmeter.query;

import io.tokenmeter.ledger.Account;
import io.tokenmeter.ledger.Call;
import io.tokenmeter.ledger.Remembered;
import io.tokenmeter.ledger.StateKey;
import io.tokenmeter.raw.OrgId;
import io.tokenmeter.raw.UsageId;
import io.tokenmeter.stream.LedgerStores;
import io.tokenmeter.stream.StoreKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.query.RangeQuery;
import org.apache.kafka.streams.query.StateQueryRequest;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The usages that wait for a price in the stores that this instance writes, by model. Reads once.
 */
final class StoredUnpriced {
  /** So many are looked at for one answer. */
  static final int MOST = 10_000;

  private final KafkaStreams ledger;
  private final Map<Name, UnpricedView> found = new HashMap<>();
  private final Map<Name, Set<OrgId>> orgs = new HashMap<>();
  private int looked;

  private record Name(String book, @Nullable String model) {}

  StoredUnpriced(KafkaStreams ledger) {
    this.ledger = ledger;
  }

  /** Nothing is owned for certain where stores moved, or were closed, while they were read. */
  OwnedUnpriced read() {
    Set<Integer> partitions = new HashSet<>();
    try {
      for (Map.Entry<Integer, QueryResult<KeyValueIterator<String, byte[]>>> partition :
          ledger.query(request()).getPartitionResults().entrySet()) {
        if (partition.getValue().isSuccess()) {
          take(partition.getKey(), partition.getValue().getResult());
          partitions.add(partition.getKey());
        }
      }
    } catch (InvalidStateStoreException | IllegalStateException e) {
      return new OwnedUnpriced(Set.of(), List.of(), false);
    }
    List<UnpricedView> models = new ArrayList<>();
    found.forEach((name, view) -> models.add(counted(name, view)));
    return new OwnedUnpriced(partitions, models, looked < MOST);
  }

  private void take(int partition, KeyValueIterator<String, byte[]> parked) {
    try (parked) {
      ReadOnlyKeyValueStore<String, Remembered> ids = store(LedgerStores.IDS, partition);
      ReadOnlyKeyValueStore<String, Account> accounts = store(LedgerStores.ACCOUNTS, partition);
      while (looked < MOST && parked.hasNext()) {
        looked++;
        String key = parked.next().key;
        OrgId org = StoreKeys.parkedOrg(key);
        StateKey usage = StateKey.of(new UsageId(StoreKeys.parkedUsage(key)));
        Account account = accounts.get(org.value());
        // Billed meanwhile, when it isn't parked any more.
        if (account != null
            && ids.get(StoreKeys.remembered(org, usage)) instanceof Remembered.Parked waiting) {
          add(account.settings().book(), org, waiting.call());
        }
      }
    }
  }

  private void add(String book, OrgId org, Call call) {
    Name name = new Name(book, call.model());
    UnpricedView one = new UnpricedView(book, call.model(), 1, 1, call.occurredAt());
    found.merge(name, one, UnpricedView::plus);
    orgs.computeIfAbsent(name, same -> new HashSet<>()).add(org);
  }

  private UnpricedView counted(Name name, UnpricedView view) {
    int of = orgs.getOrDefault(name, Set.of()).size();
    return new UnpricedView(view.book(), view.model(), view.usages(), of, view.oldest());
  }

  private <V> ReadOnlyKeyValueStore<String, V> store(String name, int partition) {
    return ledger.store(
        StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.<String, V>keyValueStore())
            .withPartition(partition));
  }

  private static StateQueryRequest<KeyValueIterator<String, byte[]>> request() {
    return StateQueryRequest.inStore(LedgerStores.PARKED)
        .withQuery(RangeQuery.<String, byte[]>withNoBounds())
        .requireActive();
  }
}
