package io.tokenmeter.warehouse;

import io.tokenmeter.app.CommandException;
import io.tokenmeter.app.TokenmeterConfig;
import io.tokenmeter.schema.ChargeLine;
import io.tokenmeter.serde.RecordSerde;
import io.tokenmeter.topics.TopicPrefix;
import io.tokenmeter.topics.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads the committed charges of a cluster into a file, from where the file ends. It has no
 * consumer group: the file alone says what it includes.
 */
final class ChargeLoader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  /** Rows of a transaction: DuckDB is slow with few. */
  private static final int BATCH = 5_000;

  private final Source source;
  private final ChargeFile file;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Deserializer<ChargeLine> values;
  private long loaded;

  private ChargeLoader(
      Source source,
      ChargeFile file,
      KafkaConsumer<byte[], byte[]> consumer,
      Deserializer<ChargeLine> values) {
    this.source = source;
    this.file = file;
    this.consumer = consumer;
    this.values = values;
  }

  /**
   * Begins where the file ends.
   *
   * @throws CommandException when the topic isn't there, the file is another topic's, or charges
   *     were removed from the topic that the file doesn't have
   */
  static ChargeLoader open(TokenmeterConfig config, Path path) {
    String topic = Topics.USAGE_CHARGES.name(new TopicPrefix(config.topicPrefix()));
    Map<String, Object> settings = new HashMap<>(config.kafka());
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, BATCH);
    Source source = new Source(clusterId(config), topic);
    ChargeFile file = ChargeFile.open(path, source);
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    ChargeLoader loader =
        new ChargeLoader(
            source,
            file,
            consumer,
            RecordSerde.ofValue(ChargeLine.class, config.serializers()).deserializer());
    try {
      loader.assign();
      return loader;
    } catch (RuntimeException e) {
      loader.close();
      throw e;
    }
  }

  /** How many lines this loader has put into the file. */
  long loaded() {
    return loaded;
  }

  ChargeFile file() {
    return file;
  }

  /** Up to where the topic goes now, in what is committed. */
  Map<TopicPartition, Long> ends() {
    assign();
    return consumer.endOffsets(consumer.assignment());
  }

  boolean isAt(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  /** Loads what is there now, up to a batch of it, or waits a moment for more. */
  void load() {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
    if (records.isEmpty()) {
      return;
    }
    List<ChargeLine> lines = new ArrayList<>(records.count());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      lines.add(values.deserialize(record.topic(), record.value()));
    }
    Map<Integer, Long> next = new HashMap<>();
    for (TopicPartition partition : records.partitions()) {
      next.put(partition.partition(), consumer.position(partition));
    }
    file.load(source, lines, next);
    loaded += lines.size();
  }

  /** Takes on the partitions that it doesn't read yet. */
  private void assign() {
    Set<TopicPartition> all = new TreeSet<>(ChargeLoader::byNumber);
    consumer
        .partitionsFor(source.topic())
        .forEach(info -> all.add(new TopicPartition(info.topic(), info.partition())));
    if (all.isEmpty()) {
      throw CommandException.unreachable(
          "topic " + source.topic() + " is missing; `tokenmeter topics create` makes it");
    }
    if (all.equals(consumer.assignment())) {
      return;
    }
    consumer.assign(all);
    Map<Integer, Long> next = file.next();
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(all);
    Map<TopicPartition, Long> ends = consumer.endOffsets(all);
    for (TopicPartition partition : all) {
      long begin = begins.get(partition);
      long from = next.getOrDefault(partition.partition(), begin);
      if (from < begin || from > ends.get(partition)) {
        throw CommandException.checkFailed(
            "the file ends at offset %d of %s, and the topic goes from %d to %d: charges are missing or the topic is another one. Load into a new --file"
                .formatted(from, partition, begin, ends.get(partition)));
      }
      consumer.seek(partition, from);
    }
  }

  private static int byNumber(TopicPartition one, TopicPartition other) {
    return Integer.compare(one.partition(), other.partition());
  }

  private static String clusterId(TokenmeterConfig config) {
    try (Admin admin = Admin.create(config.kafka())) {
      return admin.describeCluster().clusterId().get();
    } catch (ExecutionException | KafkaException e) {
      throw CommandException.unreachable(
          "no broker answers at " + config.bootstrapServers() + "; set bootstrap.servers");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.unreachable("interrupted while waiting for the brokers");
    }
  }

  @Override
  public void close() {
    try {
      consumer.close();
      values.close();
    } finally {
      file.close();
    }
  }
}
