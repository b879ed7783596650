package io.tokenmeter.connect;

import io.tokenmeter.app.TokenmeterConfig;
import io.tokenmeter.serde.RecordSerde;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** The topics of a running platform, read to where they end now. */
final class PlatformTopics implements AutoCloseable {
  private final TokenmeterConfig config;
  private final KafkaProducer<String, byte[]> producer;
  private final Serializer<Object> values;

  PlatformTopics(TokenmeterConfig config) {
    this.config = config;
    this.producer =
        new KafkaProducer<>(config.kafka(), new StringSerializer(), new ByteArraySerializer());
    this.values = RecordSerde.valueSerializer(config.serializers());
  }

  void publish(String topic, String key, @Nullable SpecificRecord value)
      throws ExecutionException, InterruptedException {
    byte[] bytes = value == null ? null : values.serialize(topic, value);
    producer.send(new ProducerRecord<>(topic, key, bytes)).get();
  }

  <T extends SpecificRecord> List<T> read(String topic, Class<T> type) {
    List<T> read = new ArrayList<>();
    try (Deserializer<T> deserializer =
        RecordSerde.ofValue(type, config.serializers()).deserializer()) {
      for (ConsumerRecord<String, byte[]> record : records(topic)) {
        read.add(deserializer.deserialize(topic, record.value()));
      }
    }
    return read;
  }

  /** How many events there are of both kinds. */
  long events() {
    return records("events.low-balance").size() + (long) records("events.quota-exceeded").size();
  }

  /** How many organisations have a balance, but those whose newest record is a tombstone. */
  long organisations() {
    Set<String> organisations = new HashSet<>();
    for (ConsumerRecord<String, byte[]> record : records("ledger.balances")) {
      if (record.value() == null) {
        organisations.remove(record.key());
      } else {
        organisations.add(record.key());
      }
    }
    return organisations.size();
  }

  private List<ConsumerRecord<String, byte[]>> records(String topic) {
    Map<String, Object> settings = new HashMap<>(config.kafka());
    settings.put("isolation.level", "read_committed");
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> all =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }

  @Override
  public void close() {
    producer.close();
    values.close();
  }
}
