package io.tokenmeter.stream;

import io.tokenmeter.ledger.Account;
import io.tokenmeter.raw.OrgId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * A partition's accounts: the store, and in front of it those that were used last, as objects.
 *
 * <p>Every entry reads an account and most write it, so without this each would decode what the one
 * before has encoded. The store's own cache can't stand in its place: queries of ranges look
 * beneath it, and it keeps bytes. All writes go through to the store at once. A task that lost its
 * transaction begins anew with an empty one of these, as it does with the store.
 */
final class Accounts {
  /** A few kilobytes each. */
  static final int KEPT = 500;

  private final KeyValueStore<String, Account> store;
  private final Map<String, Account> newest = new LinkedHashMap<>(16, 0.75f, true);

  Accounts(KeyValueStore<String, Account> store) {
    this.store = store;
  }

  /** What is stored of an organisation. */
  Optional<Account> find(OrgId orgId) {
    Account kept = newest.get(orgId.value());
    if (kept != null) {
      return Optional.of(kept);
    }
    Account stored = store.get(orgId.value());
    if (stored != null) {
      keep(stored);
    }
    return Optional.ofNullable(stored);
  }

  void put(Account account) {
    store.put(account.orgId().value(), account);
    keep(account);
  }

  private void keep(Account account) {
    newest.put(account.orgId().value(), account);
    if (newest.size() > KEPT) {
      newest.remove(newest.keySet().iterator().next());
    }
  }
}
