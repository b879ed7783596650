package io.tokenmeter.app;

import io.tokenmeter.app.rebuild.Sameness;
import io.tokenmeter.events.LedgerRules;
import io.tokenmeter.events.WatchedLedger;
import io.tokenmeter.ledger.Account;
import io.tokenmeter.ledger.BalanceChanged;
import io.tokenmeter.schema.Balance;
import io.tokenmeter.schema.BilledUsage;
import io.tokenmeter.schema.LowBalance;
import io.tokenmeter.schema.QuotaExceeded;
import io.tokenmeter.serde.RecordSerde;
import io.tokenmeter.stream.LedgerStores;
import io.tokenmeter.stream.LedgerTopology;
import io.tokenmeter.stream.LivePrices;
import io.tokenmeter.stream.RecordSerdes;
import io.tokenmeter.stream.TakeUp;
import io.tokenmeter.topics.TopicPrefix;
import io.tokenmeter.topics.Topics;
import io.tokenmeter.wire.OutputCodec;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;

/**
 * Builds the ledger anew under another application id, up to where the live one is, and compares.
 * It publishes nothing and writes nothing to the journal; its stores, changelogs and offsets are
 * those of an application that can take over.
 */
final class Rebuild {
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration CLOSING = Duration.ofSeconds(30);

  private final TokenmeterConfig live;
  private final TokenmeterConfig anew;
  private final LedgerOffsets offsets;
  private final Sameness sameness = new Sameness();
  private final WatchedLedger rules;

  /**
   * Prepares.
   *
   * @param live settings of the live ledger
   * @param prefix application id prefix of the rebuilt one
   */
  Rebuild(TokenmeterConfig live, String prefix) {
    this.live = live;
    this.anew =
        live.with(ConfigKeys.APPLICATION_ID_PREFIX, prefix)
            .with(ConfigKeys.STANDBY_REPLICAS, "0")
            .with(ConfigKeys.GROUP_INSTANCE_ID, "");
    this.offsets = new LedgerOffsets(live);
    this.rules = LedgerRules.with(live.ledgerDefaults());
  }

  /**
   * Builds and compares.
   *
   * @param takeUp where organisations are taken up
   * @param ends how far the live ledger is
   */
  Sameness run(TakeUp takeUp, Map<TopicPartition, Long> ends) {
    BoundedClients clients = new BoundedClients(ends);
    Topology topology =
        LedgerTopology.rebuild(
            new TopicPrefix(live.topicPrefix()),
            new RecordSerdes(live.serializers()),
            rules,
            new LivePrices(),
            LedgerStores.Retention.STANDARD,
            takeUp,
            sameness::rebuilt);
    Properties properties = new Properties();
    properties.putAll(StreamsSettings.ledger(anew, new HostPort("127.0.0.1", 1)));
    properties.remove(StreamsConfig.APPLICATION_SERVER_CONFIG);
    CountDownLatch failed = new CountDownLatch(1);
    try (LedgerOffsets.Group group = offsets.of(anew)) {
      KafkaStreams streams = new KafkaStreams(topology, new StreamsConfig(properties), clients);
      streams.setUncaughtExceptionHandler(new StreamsFailures("rebuild", anew.stateDir()));
      streams.setStateListener(
          (now, before) -> {
            if (now == KafkaStreams.State.ERROR) {
              failed.countDown();
            }
          });
      try {
        streams.start();
        while (!(streams.state() == KafkaStreams.State.RUNNING
            && takeUp.isDone(partitions(ends))
            && clients.isDone(group.committed()))) {
          if (failed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
            throw CommandException.checkFailed(
                "the rebuilt ledger stopped by itself; the log above says why");
          }
        }
        compare(balances(streams), ends);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw CommandException.unreachable("interrupted while rebuilding");
      } finally {
        streams.close(
            CloseOptions.timeout(CLOSING)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
      }
    }
    return sameness;
  }

  private static Set<Integer> partitions(Map<TopicPartition, Long> ends) {
    return ends.keySet().stream().map(TopicPartition::partition).collect(Collectors.toSet());
  }

  private Map<String, Balance> balances(KafkaStreams streams) {
    Map<String, Balance> balances = new HashMap<>();
    try (KeyValueIterator<String, Account> accounts =
        streams
            .store(
                StoreQueryParameters.fromNameAndType(
                    LedgerStores.ACCOUNTS, QueryableStoreTypes.<String, Account>keyValueStore()))
            .all()) {
      accounts.forEachRemaining(
          entry ->
              balances.put(
                  entry.key,
                  OutputCodec.balance(new BalanceChanged(entry.value, rules.unitOf(entry.value)))));
    }
    return balances;
  }

  private void compare(Map<String, Balance> rebuilt, Map<TopicPartition, Long> ends) {
    Map<String, Balance> newest = new HashMap<>();
    String journal = Topics.LEDGER_JOURNAL.name(new TopicPrefix(live.topicPrefix()));
    read(
        Topics.LEDGER_BALANCES,
        Balance.class,
        (topic, balance) -> {
          long end = ends.get(new TopicPartition(journal, balance.getJournalPartition()));
          if (balance.getJournalOffset() < end) {
            newest.put(balance.getOrgId(), balance);
          }
        });
    newest.forEach(
        (org, balance) -> {
          Balance other = rebuilt.get(org);
          if (other == null) {
            sameness.missing(org);
          } else {
            sameness.balance(balance, other);
          }
        });
    read(Topics.USAGE_BILLED, BilledUsage.class, (topic, charge) -> sameness.live(charge));
    read(Topics.EVENTS_LOW_BALANCE, LowBalance.class, (topic, event) -> sameness.live(event));
    read(Topics.EVENTS_QUOTA_EXCEEDED, QuotaExceeded.class, (topic, event) -> sameness.live(event));
  }

  private <T extends SpecificRecord> void read(
      Topics topic, Class<T> type, BiConsumer<Topics, T> reader) {
    Set<Topics> one = EnumSet.of(topic);
    try (Deserializer<T> values = RecordSerde.ofValue(type, live.serializers()).deserializer();
        TopicTail tail = new TopicTail(live, one)) {
      tail.readTo(
          tail.ends(one),
          (same, record) -> {
            if (record.value() != null) {
              reader.accept(topic, values.deserialize(record.topic(), record.value()));
            }
          });
    }
  }
}
