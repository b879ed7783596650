package io.tokenmeter.proof;

import io.tokenmeter.schema.Balance;
import io.tokenmeter.schema.BilledLine;
import io.tokenmeter.schema.BilledUsage;
import io.tokenmeter.schema.ChargeLine;
import io.tokenmeter.schema.JournalEntry;
import io.tokenmeter.schema.LowBalance;
import io.tokenmeter.schema.QuotaExceeded;
import io.tokenmeter.schema.UnmatchedUsage;
import io.tokenmeter.serde.RecordSerde;
import io.tokenmeter.stream.DeadLetters;
import io.tokenmeter.topics.TopicPrefix;
import io.tokenmeter.topics.Topics;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads all topics as a reader of committed records sees them, and tells the oracle: what stands on
 * the raw topics and on the journal, and what the ledger has made of it.
 */
final class Feed implements AutoCloseable {
  private static final Set<Topics> RAW =
      EnumSet.of(
          Topics.LLM_REQUESTS, Topics.LLM_RESPONSES, Topics.USAGE_RECORDS, Topics.LEDGER_COMMANDS);
  private static final Set<Topics> READ =
      EnumSet.complementOf(EnumSet.of(Topics.CATALOG_PRICES, Topics.LEDGER_ENTITLEMENTS));
  private static final Duration POLL = Duration.ofMillis(50);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Oracle oracle;
  private final Map<String, Topics> byName = new HashMap<>();
  private final Map<Topics, Deserializer<? extends SpecificRecord>> readers =
      new EnumMap<>(Topics.class);
  private final Map<String, String> balances = new TreeMap<>();
  private final Map<String, Chain> chains = new TreeMap<>();
  private final Map<String, Long> sequences = new TreeMap<>();
  private final List<String> wrong = new ArrayList<>();
  private long billed;
  private long events;

  /** Begins at the first record of each topic. */
  Feed(Site site, TopicPrefix prefix, Admin admin, Oracle oracle) throws Exception {
    this.oracle = oracle;
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                site.bootstrapServers(),
                "isolation.level",
                "read_committed",
                "max.poll.records",
                "2000",
                "reconnect.backoff.max.ms",
                "500"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    for (Topics topic : READ) {
      byName.put(topic.name(prefix), topic);
      topic
          .value()
          .ifPresent(
              type ->
                  readers.put(topic, RecordSerde.ofValue(type, site.serializers()).deserializer()));
    }
    List<TopicPartition> partitions = new ArrayList<>();
    for (TopicDescription topic :
        admin.describeTopics(byName.keySet()).allTopicNames().get().values()) {
      topic
          .partitions()
          .forEach(p -> partitions.add(new TopicPartition(topic.name(), p.partition())));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Takes what is there, or waits a moment for more. */
  void poll() {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      take(byName.get(record.topic()), record);
    }
  }

  /** Partitions of the raw topics. */
  List<TopicPartition> rawPartitions() {
    return consumer.assignment().stream()
        .filter(partition -> RAW.contains(byName.get(partition.topic())))
        .toList();
  }

  /** All partitions that are read. */
  Set<TopicPartition> partitions() {
    return consumer.assignment();
  }

  /** Whether everything before some offsets has been read. */
  boolean hasRead(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private void take(Topics topic, ConsumerRecord<byte[], byte[]> record) {
    Oracle.Place place = new Oracle.Place(record.topic(), record.partition(), record.offset());
    Instant appended = Instant.ofEpochMilli(record.timestamp());
    String number = header(record, Sent.HEADER);
    switch (topic) {
      case LLM_REQUESTS, LLM_RESPONSES, USAGE_RECORDS, LEDGER_COMMANDS ->
          oracle.raw(place, appended, Integer.parseInt(number));
      case LEDGER_JOURNAL -> {
        if (number != null) {
          oracle.raw(place, appended, Integer.parseInt(number));
        } else {
          oracle.journal(record.partition(), appended, value(topic, record, JournalEntry.class));
        }
      }
      case USAGE_REJECTED ->
          oracle.rejected(
              new Oracle.Place(
                  header(record, DeadLetters.TOPIC),
                  Integer.parseInt(header(record, DeadLetters.PARTITION)),
                  Long.parseLong(header(record, DeadLetters.OFFSET))),
              header(record, DeadLetters.CODE));
      case USAGE_BILLED -> billed(value(topic, record, BilledUsage.class));
      case USAGE_CHARGES -> line(value(topic, record, ChargeLine.class));
      case LEDGER_BALANCES -> balance(value(topic, record, Balance.class));
      case EVENTS_LOW_BALANCE -> event(value(topic, record, LowBalance.class));
      case EVENTS_QUOTA_EXCEEDED -> event(value(topic, record, QuotaExceeded.class));
      case USAGE_UNMATCHED -> {
        UnmatchedUsage notice = value(topic, record, UnmatchedUsage.class);
        oracle
            .sheet()
            .found(Lines.unmatched(notice.getOrgId(), notice.getUsageId(), notice.getReason()));
      }
      case USAGE_UNPRICED -> wrong.add("unpriced, though all has a price: " + place.text());
      case CATALOG_PRICES, LEDGER_ENTITLEMENTS -> throw new IllegalStateException("not read");
    }
  }

  private void billed(BilledUsage charge) {
    billed++;
    String org = charge.getOrgId();
    String line =
        Lines.billed(
            org,
            charge.getUsageId(),
            charge.getSequence(),
            charge.getAmount(),
            charge.getBalanceBefore(),
            charge.getBalanceAfter(),
            charge.getOccurredAt().toEpochMilli());
    oracle.sheet().found(line);
    chains.computeIfAbsent(org, any -> new Chain()).add(line);
    Long before = sequences.put(org, charge.getSequence());
    if (before != null && charge.getSequence() <= before) {
      wrong.add("sequence " + charge.getSequence() + " of " + org + " comes after " + before);
    }
    BigDecimal sum =
        charge.getLines().stream()
            .map(BilledLine::getAmount)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    if (sum.compareTo(charge.getAmount()) != 0) {
      wrong.add("the lines don't add up: " + line + ", lines " + sum);
    }
  }

  private void line(ChargeLine line) {
    if (line.getQuantity().signum() != 0) {
      oracle
          .sheet()
          .found(
              Lines.charge(
                  line.getOrgId(),
                  line.getUsageId(),
                  line.getMeter(),
                  line.getQuantity(),
                  line.getAmount()));
    }
  }

  private void balance(Balance balance) {
    balances.put(
        balance.getOrgId(),
        Lines.balance(
            balance.getOrgId(),
            balance.getSequence(),
            balance.getBalance(),
            balance.getGranted(),
            balance.getExpired(),
            balance.getAdjusted(),
            balance.getBilled(),
            balance.getDebt()));
  }

  private void event(LowBalance event) {
    events++;
    oracle
        .sheet()
        .found(
            Lines.lowBalance(
                event.getOrgId(),
                event.getType(),
                event.getThreshold(),
                event.getSequence(),
                event.getBalance()));
  }

  private void event(QuotaExceeded event) {
    events++;
    oracle
        .sheet()
        .found(
            Lines.quota(
                event.getOrgId(),
                event.getQuotaId(),
                event.getType(),
                event.getPercent(),
                event.getWindowStart().toEpochMilli(),
                event.getSequence(),
                event.getUsed()));
  }

  private <T extends SpecificRecord> T value(
      Topics topic, ConsumerRecord<byte[], byte[]> record, Class<T> type) {
    return type.cast(readers.get(topic).deserialize(record.topic(), record.value()));
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
  }

  /** Charges until now. */
  long billed() {
    return billed;
  }

  /** Events of balances and quotas until now. */
  long events() {
    return events;
  }

  /** Whether each organisation's newest balance is what it should be. */
  boolean isBalanced() {
    return balanceDifferences().isEmpty();
  }

  /** What is wrong with what was read, beside what the oracle says. */
  List<String> differences() {
    List<String> all = new ArrayList<>(wrong);
    all.addAll(balanceDifferences());
    oracle
        .accounts()
        .forEach(
            (org, account) -> {
              Chain chain = chains.getOrDefault(org, new Chain());
              if (!chain.text().equals(account.chain())) {
                all.add(
                    "rolling hash of "
                        + org
                        + ": "
                        + chain.text()
                        + "; expected "
                        + account.chain());
              }
            });
    return all;
  }

  private List<String> balanceDifferences() {
    List<String> all = new ArrayList<>();
    oracle
        .accounts()
        .forEach(
            (org, account) -> {
              String expected = account.standing();
              String is = balances.getOrDefault(org, "no balance of " + org);
              if (!is.equals(expected)) {
                all.add(is + "; expected " + expected);
              }
            });
    return all;
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ofSeconds(2)));
  }
}
