package io.tokenmeter.proof;

import io.tokenmeter.serde.RecordSerde;
import io.tokenmeter.topics.TopicPrefix;
import io.tokenmeter.topics.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * All that the applications have published and committed, from the first record on, as far as it
 * was polled. Records of one partition keep their order.
 */
final class CommittedRecords implements AutoCloseable {
  private static final Set<Topics> OUTPUTS =
      EnumSet.of(
          Topics.USAGE_BILLED,
          Topics.USAGE_CHARGES,
          Topics.LEDGER_BALANCES,
          Topics.USAGE_UNMATCHED,
          Topics.USAGE_UNPRICED,
          Topics.USAGE_REJECTED);
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<String, Topics> byName = new HashMap<>();
  private final Map<Topics, Deserializer<? extends SpecificRecord>> readers =
      new EnumMap<>(Topics.class);
  private final Map<Topics, List<SpecificRecord>> values = new EnumMap<>(Topics.class);
  private final List<ConsumerRecord<byte[], byte[]>> deadLetters = new ArrayList<>();

  CommittedRecords(Site site, TopicPrefix prefix) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", site.bootstrapServers(), "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions = new ArrayList<>();
    for (Topics topic : OUTPUTS) {
      String name = topic.name(prefix);
      byName.put(name, topic);
      values.put(topic, new ArrayList<>());
      topic
          .value()
          .ifPresent(
              type ->
                  readers.put(topic, RecordSerde.ofValue(type, site.serializers()).deserializer()));
      consumer
          .partitionsFor(name)
          .forEach(p -> partitions.add(new TopicPartition(name, p.partition())));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Takes what is there, or waits a moment for more. */
  CommittedRecords poll() {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      Topics topic = byName.get(record.topic());
      if (topic == Topics.USAGE_REJECTED) {
        deadLetters.add(record);
      } else if (record.value() != null) {
        values.get(topic).add(readers.get(topic).deserialize(record.topic(), record.value()));
      }
    }
    return this;
  }

  /** Takes all that is committed at this moment. */
  CommittedRecords pollToTheEnd() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      poll();
    }
    return this;
  }

  /** The values of a topic until now. */
  <T extends SpecificRecord> List<T> values(Topics topic, Class<T> type) {
    return values.get(topic).stream().map(type::cast).toList();
  }

  /** How many values of a topic there are until now. */
  int count(Topics topic) {
    return values.get(topic).size();
  }

  /** What was rejected until now. */
  List<ConsumerRecord<byte[], byte[]>> deadLetters() {
    return List.copyOf(deadLetters);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
