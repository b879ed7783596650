package io.tokenmeter.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tokenmeter.ledger.EntitlementBasis;
import io.tokenmeter.ledger.LowBalanceLevels;
import io.tokenmeter.ledger.Settings;
import io.tokenmeter.ledger.WindowTotals;
import io.tokenmeter.measured.BillingBasis;
import io.tokenmeter.measured.FailurePolicy;
import io.tokenmeter.rated.Amount;
import io.tokenmeter.raw.OrgId;
import io.tokenmeter.raw.Scope;
import io.tokenmeter.stream.StoreKeys;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.kstream.internals.TimeWindow;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.junit.jupiter.api.Test;

class StoredUsageTest {
  private static final OrgId ORG = new OrgId("acme");
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private final OneWindow stored = new OneWindow();

  @Test
  void answersByUserFromTheUsersOwnTotalsAndTheRestFromThoseOfTheWhole() {
    stored.put(StoreKeys.window(ORG, "m", "chat"), "3");
    stored.put(StoreKeys.window(ORG, "n", "batch"), "4");
    stored.put(StoreKeys.window(ORG, Scope.USER, "ann"), "5");
    stored.put(StoreKeys.window(ORG, Scope.USER, ""), "2");
    stored.put(StoreKeys.window(ORG, Scope.API_KEY, "k1"), "7");

    assertThat(rows(UsageGrouping.USER, Scope.USER))
        .extracting(UsageRow::user, row -> row.amount().toString())
        .containsExactly(tuple(null, "2"), tuple("ann", "5"));
    assertThat(rows(UsageGrouping.API_KEY, Scope.USER, Scope.API_KEY))
        .extracting(UsageRow::apiKey)
        .containsExactly("k1");
    assertThat(rows(UsageGrouping.BILLING_TYPE, Scope.USER))
        .extracting(UsageRow::billingType)
        .containsExactly("batch", "chat");
    assertThat(rows(UsageGrouping.MODEL, Scope.USER))
        .extracting(row -> row.amount().toString())
        .containsExactly("3", "4");
  }

  @Test
  void saysHowToKeepWhatIsNotKept() {
    assertThatThrownBy(() -> rows(UsageGrouping.API_KEY, Scope.USER))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.USAGE_NOT_KEPT))
        .hasMessage(
            "usage by api_key isn't kept for this organisation; set usage_dimensions, as with"
                + " `tokenmeter org --usage-by api_key`, and it is from then on, or sum up the topic"
                + " usage.billed");
  }

  private List<UsageRow> rows(UsageGrouping by, Scope... kept) {
    Settings settings =
        new Settings(
            "book",
            ZoneOffset.UTC,
            LowBalanceLevels.NONE,
            List.of(),
            Amount.ZERO,
            EntitlementBasis.BALANCE,
            BillingBasis.REPORTED,
            FailurePolicy.REPORTED,
            Map.of(),
            Set.of(kept));
    UsageQuery query =
        new UsageQuery(UsageWindow.DAY, START, START.plusSeconds(86_400), by, null, 100);
    return StoredUsage.tally(ORG, settings, query, stored).rows();
  }

  /** A window store that holds one window, in the order of keys. */
  private static final class OneWindow implements ReadOnlyWindowStore<String, WindowTotals> {
    private final TreeMap<String, WindowTotals> totals = new TreeMap<>();

    void put(String key, String amount) {
      totals.put(key, new WindowTotals(1, Amount.of(amount), 0, Amount.ZERO, Map.of(), Map.of()));
    }

    @Override
    public KeyValueIterator<Windowed<String>, WindowTotals> fetch(
        String first, String last, Instant from, Instant to) {
      List<KeyValue<Windowed<String>, WindowTotals>> found = new ArrayList<>();
      long startMs = START.toEpochMilli();
      totals
          .subMap(first, true, last, true)
          .forEach(
              (key, total) ->
                  found.add(
                      KeyValue.pair(
                          new Windowed<>(key, new TimeWindow(startMs, startMs + 1)), total)));
      var iterator = found.iterator();
      return new KeyValueIterator<>() {
        @Override
        public void close() {}

        @Override
        public Windowed<String> peekNextKey() {
          throw new UnsupportedOperationException();
        }

        @Override
        public boolean hasNext() {
          return iterator.hasNext();
        }

        @Override
        public KeyValue<Windowed<String>, WindowTotals> next() {
          return iterator.next();
        }
      };
    }

    @Override
    public WindowTotals fetch(String key, long time) {
      throw new UnsupportedOperationException();
    }

    @Override
    public WindowStoreIterator<WindowTotals> fetch(String key, Instant from, Instant to) {
      throw new UnsupportedOperationException();
    }

    @Override
    public KeyValueIterator<Windowed<String>, WindowTotals> all() {
      throw new UnsupportedOperationException();
    }

    @Override
    public KeyValueIterator<Windowed<String>, WindowTotals> fetchAll(Instant from, Instant to) {
      throw new UnsupportedOperationException();
    }
  }
}
