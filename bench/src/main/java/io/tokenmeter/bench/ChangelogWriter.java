package io.tokenmeter.bench;

import io.tokenmeter.events.LedgerRules;
import io.tokenmeter.events.WatchedLedger;
import io.tokenmeter.ledger.Account;
import io.tokenmeter.ledger.JournalPosition;
import io.tokenmeter.ledger.LedgerDefaults;
import io.tokenmeter.ledger.Remembered;
import io.tokenmeter.ledger.StateKey;
import io.tokenmeter.ledger.Transition;
import io.tokenmeter.rated.PriceCatalog;
import io.tokenmeter.rated.book.ShippedBooks;
import io.tokenmeter.raw.OrgId;
import io.tokenmeter.raw.UsageId;
import io.tokenmeter.schema.AccountState;
import io.tokenmeter.schema.JournalEntry;
import io.tokenmeter.stream.StoredState;
import io.tokenmeter.wire.AccountCodec;
import io.tokenmeter.wire.EntryCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** Writes a state to the ledger's changelogs, as the ledger itself would have. */
final class ChangelogWriter implements AutoCloseable {
  private static final Duration REMEMBERED = Duration.ofDays(7);
  private static final String BOOK = "gptbots";

  private final int partitions;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final Map<String, Long> bytes = new HashMap<>();

  ChangelogWriter(Installation installation) {
    partitions = installation.partitions();
    Map<String, Object> settings = new HashMap<>(installation.kafka());
    settings.put("compression.type", "lz4");
    settings.put("linger.ms", 20);
    settings.put("batch.size", 256 << 10);
    settings.put("buffer.memory", 64L << 20);
    producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Writes so many accounts, and so many ids for each of them. */
  void write(int organisations, int idsEach, long seed) {
    AccountState state = AccountCodec.encode(charged(idsEach, seed));
    Instant forgetAt = Instant.now().plus(REMEMBERED);
    for (int i = 0; i < organisations; i++) {
      OrgId org = new OrgId(Traffic.organisation(i));
      int partition = Utils.toPositive(Utils.murmur2(Utils.utf8(org.value()))) % partitions;
      state.setOrgId(org.value());
      send(partition, StoredState.account(AccountCodec.decode(state)));
      for (int id = 0; id < idsEach; id++) {
        UsageId usage = new UsageId("chatcmpl-restore-4d0c-9a57-%07d-%05d".formatted(i, id));
        send(partition, StoredState.settled(org, usage, forgetAt));
      }
    }
    producer.flush();
    Exception failed = failure.get();
    if (failed != null) {
      throw new BenchFailure("the broker refused a record: " + failed.getMessage(), failed);
    }
  }

  /** Keys and values written for a store, without what the broker adds. */
  long bytes(String store) {
    return bytes.getOrDefault(store, 0L);
  }

  private void send(int partition, StoredState.Kept kept) {
    bytes.merge(kept.store(), (long) kept.key().length + kept.value().length, Long::sum);
    Future<RecordMetadata> unused =
        producer.send(
            new ProducerRecord<>(
                RestoreScenario.changelog(kept.store()), partition, kept.key(), kept.value()),
            (metadata, exception) -> {
              if (exception != null) {
                failure.compareAndSet(null, exception);
              }
            });
  }

  /** An account as so many exchanges leave it. */
  private static Account charged(int exchanges, long seed) {
    WatchedLedger ledger = LedgerRules.with(LedgerDefaults.of(BOOK, "credit"));
    Instant now = Instant.now();
    PriceCatalog prices =
        PriceCatalog.of(ShippedBooks.read(BOOK).prices(now.minus(Duration.ofDays(1))));
    List<JournalEntry> entries = new ArrayList<>();
    String org = Traffic.organisation(0);
    entries.addAll(new Customers().commands(org, now));
    Traffic traffic = new Traffic("restore", seed, 1);
    FactMaker facts = new FactMaker();
    for (int i = 0; i < exchanges; i++) {
      entries.addAll(facts.entries(traffic.next(org)));
    }
    Account account = ledger.open(new OrgId(org));
    Map<StateKey, Remembered> memory = new HashMap<>();
    for (int i = 0; i < entries.size(); i++) {
      Transition done =
          ledger.apply(
              account,
              key -> Optional.ofNullable(memory.get(key)),
              EntryCodec.decode(entries.get(i), new JournalPosition(0, i, now)),
              prices);
      account = done.account();
      memory.putAll(done.remember());
    }
    return account;
  }

  @Override
  public void close() {
    producer.close();
  }
}
