package io.tokenmeter.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.events.WatchedLedger;
import io.tokenmeter.ledger.ContentHash;
import io.tokenmeter.ledger.Desk;
import io.tokenmeter.ledger.Market;
import io.tokenmeter.ledger.Part;
import io.tokenmeter.ledger.Remembered;
import io.tokenmeter.ledger.StateKey;
import io.tokenmeter.raw.OrgId;
import io.tokenmeter.raw.UsageId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ForgettingTest {
  private static final OrgId ACME = new OrgId("acme");
  private static final Instant JOURNAL = Instant.parse("2026-05-08T12:00:00Z");
  private static final Instant LONG_AGO = JOURNAL.minus(Duration.ofHours(1));
  private static final Instant NOW = Instant.parse("2026-05-09T00:00:00Z");
  private final KeyValueStore<String, Remembered> ids =
      Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore("ids"), new IdKeys(), LedgerStores.remembered())
          .withLoggingDisabled()
          .build();
  private final AtomicInteger forgotten = new AtomicInteger();
  private final Forgetting forgetting =
      new Forgetting(
          ids, new WatchedLedger(new Market().ledger(Desk.DEFAULTS)), forgotten::incrementAndGet);

  @BeforeEach
  void open() {
    ids.init(new MockProcessorContext<>().getStateStoreContext(), ids);
  }

  @Test
  void removesWhatIsForgottenForAnHourAndNothingElse() {
    remember("old", LONG_AGO);
    remember("young", LONG_AGO.plusMillis(1));
    remember("never", Remembered.NEVER);
    ids.put(command("old"), new Remembered.CommandSeen(new ContentHash(1, 2), LONG_AGO));
    forgetting.run(NOW, JOURNAL);
    assertThat(count()).isEqualTo(2);
    assertThat(forgotten).hasValue(2);
    assertThat(ids.get(key("old"))).isNull();
    assertThat(ids.get(command("old"))).isNull();
    assertThat(ids.get(key("young"))).isNotNull();
  }

  @Test
  void walksAStretchARunAndRestsBehindTheLast() {
    int many = Forgetting.MOST_IN_A_RUN + 10;
    for (int i = 0; i < many; i++) {
      remember("id" + i, LONG_AGO);
    }
    forgetting.run(NOW, JOURNAL);
    assertThat(forgotten).hasValue(Forgetting.MOST_IN_A_RUN);
    remember("late", LONG_AGO);
    forgetting.run(NOW, JOURNAL);
    assertThat(forgotten.get()).isGreaterThanOrEqualTo(many);
    remember("later", LONG_AGO);
    forgetting.run(NOW.plus(Forgetting.REST).minusMillis(1), JOURNAL);
    assertThat(ids.get(key("later"))).as("it rests").isNotNull();
    forgetting.run(NOW.plus(Forgetting.REST), JOURNAL);
    assertThat(count()).isZero();
    assertThat(forgotten).hasValue(many + 2);
  }

  @Test
  void hashesTheKeysOfUsagesAndKeepsThoseOfOthersInOrder() {
    String usage = key("chatcmpl-0f4e9a6b-52c1-4d0c-9a57-000001");
    assertThat(IdKeys.bytes(usage)).hasSize(17);
    assertThat(IdKeys.bytes(usage)).isNotEqualTo(IdKeys.bytes(key("chatcmpl-0f4e9a6b-52c1")));
    remember("a", LONG_AGO);
    ids.put(command("b"), new Remembered.CommandSeen(new ContentHash(1, 2), LONG_AGO));
    ids.put(command("c"), new Remembered.CommandSeen(new ContentHash(1, 2), LONG_AGO));
    try (KeyValueIterator<String, Remembered> found = ids.range(command("b"), command("c"))) {
      assertThat(found.next().key).isEqualTo(command("b"));
      assertThat(found.next().key).isEqualTo(command("c"));
      assertThat(found).isExhausted();
    }
  }

  private static String key(String usage) {
    return StoreKeys.remembered(ACME, StateKey.of(new UsageId(usage)));
  }

  private static String command(String id) {
    return StoreKeys.command(ACME, id);
  }

  private void remember(String usage, Instant forgetAt) {
    ids.put(
        key(usage), new Remembered.Settled(Map.of(Part.RECORD, new ContentHash(1, 2)), forgetAt));
  }

  private int count() {
    int count = 0;
    try (KeyValueIterator<String, Remembered> all = ids.all()) {
      while (all.hasNext()) {
        all.next();
        count++;
      }
    }
    return count;
  }
}
