package io.tokenmeter.topics;

import io.tokenmeter.schema.Balance;
import io.tokenmeter.schema.BilledUsage;
import io.tokenmeter.schema.ChargeLine;
import io.tokenmeter.schema.Entitlement;
import io.tokenmeter.schema.JournalEntry;
import io.tokenmeter.schema.LedgerCommand;
import io.tokenmeter.schema.LlmRequest;
import io.tokenmeter.schema.LlmResponse;
import io.tokenmeter.schema.LowBalance;
import io.tokenmeter.schema.PriceEntry;
import io.tokenmeter.schema.QuotaExceeded;
import io.tokenmeter.schema.UnmatchedUsage;
import io.tokenmeter.schema.UnpricedUsage;
import io.tokenmeter.schema.UsageRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;

/** The catalogue of topics, in the order in which a record travels. */
public enum Topics {
  LLM_REQUESTS("llm.requests", TopicKey.ANY, LlmRequest.class, TopicPolicy.RAW, 6),
  LLM_RESPONSES("llm.responses", TopicKey.ANY, LlmResponse.class, TopicPolicy.RAW, 6),
  USAGE_RECORDS("usage.records", TopicKey.ANY, UsageRecord.class, TopicPolicy.RAW, 6),
  LEDGER_COMMANDS("ledger.commands", TopicKey.ORG_ID, LedgerCommand.class, TopicPolicy.COMMANDS, 6),
  LEDGER_JOURNAL("ledger.journal", TopicKey.ORG_ID, JournalEntry.class, TopicPolicy.JOURNAL, 6),
  CATALOG_PRICES("catalog.prices", TopicKey.BOOK_AND_MODEL, PriceEntry.class, TopicPolicy.TABLE, 1),
  USAGE_BILLED("usage.billed", TopicKey.ORG_ID, BilledUsage.class, TopicPolicy.RESULT, 6),
  USAGE_CHARGES("usage.charges", TopicKey.ORG_ID, ChargeLine.class, TopicPolicy.RESULT, 6),
  LEDGER_BALANCES("ledger.balances", TopicKey.ORG_ID, Balance.class, TopicPolicy.TABLE, 6),
  LEDGER_ENTITLEMENTS(
      "ledger.entitlements", TopicKey.ORG_ID, Entitlement.class, TopicPolicy.TABLE, 6),
  EVENTS_LOW_BALANCE(
      "events.low-balance", TopicKey.ORG_ID, LowBalance.class, TopicPolicy.RESULT, 6),
  EVENTS_QUOTA_EXCEEDED(
      "events.quota-exceeded", TopicKey.ORG_ID, QuotaExceeded.class, TopicPolicy.RESULT, 6),
  USAGE_UNMATCHED("usage.unmatched", TopicKey.ORG_ID, UnmatchedUsage.class, TopicPolicy.RESULT, 6),
  USAGE_UNPRICED("usage.unpriced", TopicKey.ORG_ID, UnpricedUsage.class, TopicPolicy.RESULT, 6),
  USAGE_REJECTED("usage.rejected", TopicKey.AS_IT_CAME, null, TopicPolicy.DEAD_LETTERS, 6);

  private final String baseName;
  private final TopicKey key;
  private final @Nullable Class<? extends SpecificRecord> value;
  private final TopicPolicy policy;
  private final int partitions;

  Topics(
      String baseName,
      TopicKey key,
      @Nullable Class<? extends SpecificRecord> value,
      TopicPolicy policy,
      int partitions) {
    this.baseName = baseName;
    this.key = key;
    this.value = value;
    this.policy = policy;
    this.partitions = partitions;
  }

  /** The name without a prefix. */
  public String baseName() {
    return baseName;
  }

  /** The name on a cluster. */
  public String name(TopicPrefix prefix) {
    return prefix.value() + baseName;
  }

  public TopicKey key() {
    return key;
  }

  /** The class of the values; empty for the dead letters, whose values are bytes as they came. */
  public Optional<Class<? extends SpecificRecord>> value() {
    return Optional.ofNullable(value);
  }

  public TopicPolicy policy() {
    return policy;
  }

  /**
   * How many partitions a cluster's topic gets unless told otherwise. The journal's bound how many
   * threads keep the ledger, and can't be changed without moving organisations to other partitions.
   */
  public int partitions() {
    return partitions;
  }

  /**
   * To create the topic with.
   *
   * @param partitionCount instead of {@link #partitions()}; a topic of one partition keeps it
   * @param replicationFactor empty for the broker's default
   */
  public NewTopic newTopic(
      TopicPrefix prefix, OptionalInt partitionCount, OptionalInt replicationFactor) {
    int count = partitions == 1 ? 1 : partitionCount.orElse(partitions);
    Optional<Short> replicas =
        replicationFactor.isPresent()
            ? Optional.of((short) replicationFactor.getAsInt())
            : Optional.empty();
    return new NewTopic(name(prefix), Optional.of(count), replicas).configs(policy.configs());
  }

  /** To create all topics with, see {@link #newTopic}. */
  public static List<NewTopic> newTopics(
      TopicPrefix prefix, OptionalInt partitionCount, OptionalInt replicationFactor) {
    return Stream.of(values())
        .map(topic -> topic.newTopic(prefix, partitionCount, replicationFactor))
        .toList();
  }

  /**
   * What is wrong with a topic as it is set up, a sentence each; empty when nothing is.
   *
   * @param actual the topic's settings as the broker tells them, defaults included
   */
  public List<String> deviations(TopicPrefix prefix, Map<String, String> actual) {
    return policy.configs().entrySet().stream()
        .filter(expected -> !expected.getValue().equals(actual.get(expected.getKey())))
        .sorted(Map.Entry.comparingByKey())
        .map(
            expected ->
                "Topic "
                    + name(prefix)
                    + " has "
                    + expected.getKey()
                    + "="
                    + actual.getOrDefault(expected.getKey(), "")
                    + ", not "
                    + expected.getValue()
                    + ". Set it with kafka-configs --alter.")
        .toList();
  }

  @Override
  public String toString() {
    return baseName;
  }
}
