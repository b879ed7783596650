package io.tokenmeter.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.events.LedgerRules;
import io.tokenmeter.events.WatchedLedger;
import io.tokenmeter.ledger.Account;
import io.tokenmeter.ledger.BilledUsage;
import io.tokenmeter.ledger.Disposition;
import io.tokenmeter.ledger.Holds;
import io.tokenmeter.ledger.LedgerDefaults;
import io.tokenmeter.rated.Amount;
import io.tokenmeter.raw.OrgId;
import io.tokenmeter.raw.Rejection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeldSumsTest {
  private static final WatchedLedger RULES = LedgerRules.with(LedgerDefaults.of("test", "credit"));
  private final Seen seen = new Seen();
  private final HeldSums sums = new HeldSums(seen, RULES::unitOf);

  @Test
  void beginsWithWhatIsStoredAndTakesItBackAtTheEnd() {
    sums.begin(
        new Stored(
            List.of(
                account("a", "credit", "1.5"),
                account("b", null, "2"),
                account("c", "USD", "0.25"))));
    assertThat(seen.held).isEqualTo(Map.of("credit", Amount.of("3.5"), "USD", Amount.of("0.25")));
    assertThat(seen.opened).as("nothing began now").isZero();
    sums.close();
    assertThat(seen.held.values()).containsOnly(Amount.ZERO);
    sums.close();
    assertThat(seen.held.values()).as("once").containsOnly(Amount.ZERO);
  }

  @Test
  void followsAnAccountAndCountsWhatBeginsAndEnds() {
    sums.follow(account("a", "credit", "0"), account("a", "credit", "2"));
    sums.follow(account("a", "credit", "2"), account("a", "credit", "5"));
    sums.follow(account("a", "credit", "5"), account("a", "credit", "3"));
    assertThat(seen.held).isEqualTo(Map.of("credit", Amount.of("3")));
    assertThat(seen.opened).isEqualTo(2);
    assertThat(seen.ended).isEqualTo(1);
  }

  @Test
  void movesWhatIsHeldWhenTheUnitBecomesAnother() {
    sums.begin(new Stored(List.of(account("a", null, "2"))));
    sums.follow(account("a", null, "2"), account("a", "USD", "2"));
    assertThat(seen.held).isEqualTo(Map.of("credit", Amount.ZERO, "USD", Amount.of("2")));
    assertThat(seen.opened + seen.ended).isZero();
  }

  private static Account account(String org, @Nullable String unit, String held) {
    Account open = RULES.open(new OrgId(org));
    return new Account(
        open.orgId(),
        open.settings(),
        unit,
        open.funds(),
        new Holds(Amount.of(held), List.of()),
        open.history(),
        open.quotas(),
        open.months(),
        open.told(),
        open.at());
  }

  /** What was told of holds. */
  private static final class Seen implements Conservation {
    private final Map<String, Amount> held = new TreeMap<>();
    private int opened;
    private int ended;

    @Override
    public void holdOpened(String unit) {
      opened++;
    }

    @Override
    public void holdEnded(String unit) {
      ended++;
    }

    @Override
    public void held(String unit, Amount change) {
      held.merge(unit, change, Amount::plus);
    }

    @Override
    public void raw(String topic) {}

    @Override
    public void metered(String topic) {}

    @Override
    public void rejected(String topic, Rejection code) {}

    @Override
    public void moved(Disposition disposition) {}

    @Override
    public void billed(BilledUsage billed) {}

    @Override
    public void forgotten() {}
  }

  /** Accounts, to be read once and all. */
  private record Stored(List<Account> accounts) implements ReadOnlyKeyValueStore<String, Account> {
    @Override
    public KeyValueIterator<String, Account> all() {
      Iterator<Account> each = accounts.iterator();
      return new KeyValueIterator<>() {
        @Override
        public void close() {}

        @Override
        public String peekNextKey() {
          throw new UnsupportedOperationException();
        }

        @Override
        public boolean hasNext() {
          return each.hasNext();
        }

        @Override
        public KeyValue<String, Account> next() {
          Account next = each.next();
          return KeyValue.pair(next.orgId().value(), next);
        }
      };
    }

    @Override
    public Account get(String key) {
      throw new UnsupportedOperationException();
    }

    @Override
    public KeyValueIterator<String, Account> range(String from, String to) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long approximateNumEntries() {
      return accounts.size();
    }
  }
}
