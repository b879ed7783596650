package io.tokenmeter.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.schema.JournalEntry;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.internals.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TopicsTest {
  private static final TopicPrefix ACME = new TopicPrefix("acme.");

  private static NewTopic made(Topics topic) {
    return topic.newTopic(ACME, OptionalInt.empty(), OptionalInt.empty());
  }

  @Test
  void theCatalogueIsTheDesigns() {
    assertThat(Topics.values())
        .extracting(Topics::baseName)
        .containsExactly(
            "llm.requests",
            "llm.responses",
            "usage.records",
            "ledger.commands",
            "ledger.journal",
            "catalog.prices",
            "usage.billed",
            "usage.charges",
            "ledger.balances",
            "ledger.entitlements",
            "events.low-balance",
            "events.quota-exceeded",
            "usage.unmatched",
            "usage.unpriced",
            "usage.rejected");
  }

  @Test
  void theJournalIsKept35DaysAndDatedByTheBroker() {
    NewTopic journal = made(Topics.LEDGER_JOURNAL);
    assertThat(journal.name()).isEqualTo("acme.ledger.journal");
    assertThat(journal.numPartitions()).isEqualTo(6);
    assertThat(journal.replicationFactor()).isEqualTo((short) -1);
    assertThat(Topics.LEDGER_JOURNAL.value()).contains(JournalEntry.class);
    assertThat(journal.configs())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "cleanup.policy", "delete",
                "retention.ms", "3024000000",
                "message.timestamp.type", "LogAppendTime",
                "max.message.bytes", "4194304",
                "compression.type", "producer"));
  }

  @Test
  void whatMeasureAndTheLedgerReadIsDatedByTheBroker() {
    Set<Topics> inputs =
        EnumSet.of(
            Topics.LLM_REQUESTS,
            Topics.LLM_RESPONSES,
            Topics.USAGE_RECORDS,
            Topics.LEDGER_COMMANDS,
            Topics.LEDGER_JOURNAL,
            Topics.USAGE_REJECTED);
    assertThat(Topics.values())
        .filteredOn(topic -> topic.policy().logAppendTime())
        .hasSameElementsAs(inputs);
  }

  @Test
  void deadLettersAreKeptNoLongerThanWhatTheyCopyAndFitIt() {
    Duration kept = Topics.USAGE_REJECTED.policy().retention().orElseThrow();
    for (Topics raw : EnumSet.range(Topics.LLM_REQUESTS, Topics.USAGE_RECORDS)) {
      assertThat(kept).isLessThanOrEqualTo(raw.policy().retention().orElseThrow());
      assertThat(made(raw).configs()).containsEntry("segment.ms", "3600000");
      assertThat(raw.policy().maxMessageBytes()).isGreaterThan(8 * 1024 * 1024);
      assertThat(Topics.USAGE_REJECTED.policy().maxMessageBytes())
          .isGreaterThan(raw.policy().maxMessageBytes());
    }
    assertThat(Topics.USAGE_REJECTED.value()).isEmpty();
  }

  @Test
  void tablesAreCompactedAndNothingElseIs() {
    assertThat(Topics.values())
        .filteredOn(
            topic -> "compact".equals(made(topic).configs().get(TopicConfig.CLEANUP_POLICY_CONFIG)))
        .containsExactly(Topics.CATALOG_PRICES, Topics.LEDGER_BALANCES, Topics.LEDGER_ENTITLEMENTS);
  }

  @ParameterizedTest
  @EnumSource
  void everySettingIsOneThatKafkaKnows(Topics topic) {
    Set<String> known = new HashSet<>();
    Arrays.stream(TopicConfig.class.getFields())
        .filter(field -> Modifier.isStatic(field.getModifiers()))
        .forEach(
            field -> {
              try {
                known.add(String.valueOf(field.get(null)));
              } catch (IllegalAccessException e) {
                throw new AssertionError(e);
              }
            });
    assertThat(known).containsAll(made(topic).configs().keySet());
    Topic.validate(made(topic).name());
  }

  @Test
  void aSmallClusterGetsFewerPartitionsButThePricesAlwaysOne() {
    assertThat(Topics.newTopics(TopicPrefix.none(), OptionalInt.of(2), OptionalInt.of(1)))
        .hasSize(15)
        .allMatch(topic -> topic.numPartitions() == (topic.name().equals("catalog.prices") ? 1 : 2))
        .allMatch(topic -> topic.replicationFactor() == 1);
  }

  @Test
  void aTopicThatIsSetUpOtherwiseIsTold() {
    Map<String, String> actual = new HashMap<>(Topics.LEDGER_JOURNAL.policy().configs());
    actual.put("min.insync.replicas", "2");
    assertThat(Topics.LEDGER_JOURNAL.deviations(ACME, actual)).isEmpty();
    actual.put("message.timestamp.type", "CreateTime");
    actual.remove("retention.ms");
    assertThat(Topics.LEDGER_JOURNAL.deviations(ACME, actual))
        .containsExactly(
            "Topic acme.ledger.journal has message.timestamp.type=CreateTime, not LogAppendTime."
                + " Set it with kafka-configs --alter.",
            "Topic acme.ledger.journal has retention.ms=, not 3024000000. Set it with"
                + " kafka-configs --alter.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a/b", "ä"})
  void aPrefixThatNoTopicMayHaveIsRefused(String prefix) {
    assertThatThrownBy(() -> new TopicPrefix(prefix))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("The topic prefix '" + prefix + "' is not 0 to 100 letters");
  }
}
