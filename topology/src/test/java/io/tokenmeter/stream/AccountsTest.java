package io.tokenmeter.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.events.WatchedLedger;
import io.tokenmeter.ledger.Account;
import io.tokenmeter.ledger.Desk;
import io.tokenmeter.ledger.JournalPosition;
import io.tokenmeter.ledger.Market;
import io.tokenmeter.raw.OrgId;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountsTest {
  private final KeyValueStore<String, Account> store =
      Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore("accounts"), Serdes.String(), LedgerStores.account())
          .withLoggingDisabled()
          .build();

  @BeforeEach
  void open() {
    store.init(new MockProcessorContext<>().getStateStoreContext(), store);
  }

  @Test
  void findsWhatIsStoredAndStoresWhatIsPut() {
    Accounts accounts = new Accounts(store);
    assertThat(accounts.find(Desk.ORG)).isEmpty();
    Account first = account(Desk.ORG, 1);
    accounts.put(first);
    assertThat(store.get(Desk.ORG.value())).isEqualTo(first);
    assertThat(accounts.find(Desk.ORG)).containsSame(first);
    assertThat(new Accounts(store).find(Desk.ORG)).contains(first);
    Account second = account(Desk.ORG, 2);
    accounts.put(second);
    assertThat(accounts.find(Desk.ORG)).containsSame(second);
    assertThat(store.get(Desk.ORG.value())).isEqualTo(second);
  }

  @Test
  void keepsAsObjectsOnlyThoseThatWereUsedLast() {
    Accounts accounts = new Accounts(store);
    Account first = account(new OrgId("org0"), 1);
    Account second = account(new OrgId("org1"), 1);
    accounts.put(first);
    accounts.put(second);
    for (int i = 2; i < Accounts.KEPT; i++) {
      accounts.put(account(new OrgId("org" + i), 1));
    }
    assertThat(accounts.find(first.orgId())).containsSame(first);
    accounts.put(account(new OrgId("one more"), 1));
    assertThat(accounts.find(first.orgId())).as("used since").containsSame(first);
    assertThat(accounts.find(second.orgId()).orElseThrow())
        .as("read from the store again")
        .isNotSameAs(second)
        .isEqualTo(second);
  }

  private static Account account(OrgId org, long offset) {
    WatchedLedger ledger = new WatchedLedger(new Market().ledger(Desk.DEFAULTS));
    return ledger.open(org).withPosition(new JournalPosition(0, offset, Desk.NOON));
  }
}
