package io.tokenmeter.stream;

import io.tokenmeter.ledger.Account;
import io.tokenmeter.rated.Amount;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * What the organisations of one task hold for open exchanges, by unit. It is summed up once when
 * the task begins, from its own store, and then follows each account; when the task ends it is
 * taken back. So over all instances the sums are those of the stores, also after a kill or a move.
 */
final class HeldSums implements AutoCloseable {
  private final Conservation conservation;
  private final Function<Account, String> unitOf;
  private final Map<String, Amount> sums = new HashMap<>();

  HeldSums(Conservation conservation, Function<Account, String> unitOf) {
    this.conservation = conservation;
    this.unitOf = unitOf;
  }

  /** Sums up what is stored. */
  void begin(ReadOnlyKeyValueStore<String, Account> accounts) {
    try (KeyValueIterator<String, Account> all = accounts.all()) {
      while (all.hasNext()) {
        KeyValue<String, Account> stored = all.next();
        add(unitOf.apply(stored.value), stored.value.holds().held());
      }
    }
  }

  /** Follows an account from one entry to the next. */
  void follow(Account before, Account after) {
    Amount was = before.holds().held();
    Amount is = after.holds().held();
    String unit = unitOf.apply(after);
    if (!unit.equals(unitOf.apply(before))) {
      add(unitOf.apply(before), was.negated());
      add(unit, is);
    } else if (!is.equals(was)) {
      add(unit, is.minus(was));
    }
    int change = is.compareTo(was);
    if (change > 0) {
      conservation.holdOpened(unit);
    } else if (change < 0) {
      conservation.holdEnded(unit);
    }
  }

  private void add(String unit, Amount change) {
    if (change.signum() != 0) {
      sums.merge(unit, change, Amount::plus);
      conservation.held(unit, change);
    }
  }

  @Override
  public void close() {
    sums.forEach((unit, sum) -> conservation.held(unit, sum.negated()));
    sums.clear();
  }
}
