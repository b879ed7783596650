package io.tokenmeter.app;

import io.tokenmeter.topics.TopicPrefix;
import io.tokenmeter.topics.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads topics from their beginning, what is committed and no more, without a group of its own. */
final class TopicTail implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final TopicPrefix prefix;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<String, Topics> byName = new HashMap<>();
  private final Map<Topics, List<TopicPartition>> partitions = new HashMap<>();

  /**
   * Begins to read.
   *
   * @throws CommandException when a topic doesn't exist
   */
  TopicTail(TokenmeterConfig config, Set<Topics> topics) {
    this.prefix = new TopicPrefix(config.topicPrefix());
    Map<String, Object> settings = new HashMap<>(config.kafka());
    settings.put(
        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
        IsolationLevel.READ_COMMITTED.toString().toLowerCase(Locale.ROOT));
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> all = new ArrayList<>();
    for (Topics topic : EnumSet.copyOf(topics)) {
      String name = topic.name(prefix);
      byName.put(name, topic);
      List<TopicPartition> of =
          consumer.partitionsFor(name).stream().map(TopicTail::partition).toList();
      if (of.isEmpty()) {
        throw CommandException.unreachable(
            "topic " + name + " is missing; `tokenmeter topics create` makes it");
      }
      partitions.put(topic, of);
      all.addAll(of);
    }
    consumer.assign(all);
    consumer.seekToBeginning(all);
  }

  /**
   * Reads what is there now, or waits a moment for more.
   *
   * @return how many records that was
   */
  int poll(BiConsumer<Topics, ConsumerRecord<byte[], byte[]>> reader) {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
    for (ConsumerRecord<byte[], byte[]> record : records) {
      reader.accept(byName.get(record.topic()), record);
    }
    return records.count();
  }

  /** How far topics go at this moment, in what is committed. */
  Map<TopicPartition, Long> ends(Set<Topics> topics) {
    List<TopicPartition> of = new ArrayList<>();
    topics.forEach(topic -> of.addAll(partitions.get(topic)));
    return consumer.endOffsets(of);
  }

  /** Whether the first records of a topic are gone, because retention took them. */
  boolean beginsLater(Topics topic) {
    return consumer.beginningOffsets(partitions.get(topic)).values().stream()
        .anyMatch(offset -> offset > 0);
  }

  /** Whether everything up to those ends has been read. */
  boolean isAt(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private static TopicPartition partition(PartitionInfo info) {
    return new TopicPartition(info.topic(), info.partition());
  }

  @Override
  public void close() {
    consumer.close();
  }
}
