package io.tokenmeter.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.topics.TopicPrefix;
import io.tokenmeter.topics.Topics;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedKafkaIT {
  private static final TopicPrefix NONE = TopicPrefix.none();

  @TempDir Path directory;

  @Test
  void whatWasCommittedIsThereAfterARestart() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, EmbeddedKafka.ANY_PORT, Map.of())) {
      createTopics(kafka);
      produce(kafka, "kept", new byte[] {1, 2, 3});
    }
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, EmbeddedKafka.ANY_PORT, Map.of())) {
      produce(kafka, "new", new byte[] {4});
      assertThat(consume(kafka, 2)).extracting(ConsumerRecord::key).containsExactly("kept", "new");
    }
  }

  @Test
  void theCataloguesTopicsAreAsTheySayAndTakeABodyOfNineMebibytes() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, EmbeddedKafka.ANY_PORT, Map.of())) {
      createTopics(kafka);
      assertThat(deviations(kafka)).isEmpty();

      byte[] body = new byte[9 * 1024 * 1024];
      new Random(7).nextBytes(body);
      produce(kafka, "large", body);
      ConsumerRecord<String, byte[]> read = consume(kafka, 1).get(0);
      assertThat(read.value()).hasSize(body.length);
      assertThat(read.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
    }
  }

  @Test
  void aTakenPortIsToldAtOnce() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> EmbeddedKafka.start(directory, port, Map.of()))
          .isInstanceOf(EmbeddedFailure.class)
          .hasMessage(
              "Port " + port + " for the broker is taken. Stop what uses it or choose another.");
    }
  }

  @Test
  void aDirectoryThatAnotherBrokerUsesIsRefused() {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, EmbeddedKafka.ANY_PORT, Map.of())) {
      assertThat(kafka.port()).isPositive();
      assertThatThrownBy(() -> EmbeddedKafka.start(directory, EmbeddedKafka.ANY_PORT, Map.of()))
          .isInstanceOf(EmbeddedFailure.class)
          .hasMessage(
              "The directory "
                  + directory
                  + " is in use by a running broker. Stop that, or choose another directory.");
    }
  }

  @Test
  void threeNodesServeWhileOneIsStopped() throws Exception {
    try (EmbeddedCluster cluster = EmbeddedCluster.start(directory)) {
      String servers = cluster.bootstrapServers();
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
        admin
            .createTopics(Topics.newTopics(NONE, OptionalInt.of(1), OptionalInt.of(3)))
            .all()
            .get();
      }
      produce(servers, "before", new byte[] {1});
      cluster.stop(0);
      produce(servers, "without", new byte[] {2});
      cluster.start(0);
      produce(servers, "after", new byte[] {3});
      assertThat(consume(servers, 3))
          .extracting(ConsumerRecord::key)
          .containsExactly("before", "without", "after");
    }
  }

  private static void createTopics(EmbeddedKafka kafka) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin
          .createTopics(Topics.newTopics(NONE, OptionalInt.of(1), OptionalInt.empty()))
          .all()
          .get();
    }
  }

  private static List<String> deviations(EmbeddedKafka kafka) throws Exception {
    List<String> found = new ArrayList<>();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      for (Topics topic : Topics.values()) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name(NONE));
        Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
        Map<String, String> actual = new HashMap<>();
        for (ConfigEntry entry : config.entries()) {
          actual.put(entry.name(), entry.value());
        }
        found.addAll(topic.deviations(NONE, actual));
      }
    }
    return found;
  }

  private static void produce(EmbeddedKafka kafka, String key, byte[] value) throws Exception {
    produce(kafka.bootstrapServers(), key, value);
  }

  /** In a transaction, as the applications do. */
  private static void produce(String servers, String key, byte[] value) throws Exception {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            servers,
            "transactional.id",
            "it",
            "max.request.size",
            16 * 1024 * 1024);
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(Topics.LLM_REQUESTS.name(NONE), key, value)).get();
      producer.commitTransaction();
    }
  }

  private static List<ConsumerRecord<String, byte[]>> consume(EmbeddedKafka kafka, int count) {
    return consume(kafka.bootstrapServers(), count);
  }

  private static List<ConsumerRecord<String, byte[]>> consume(String servers, int count) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers", servers,
            "isolation.level", "read_committed",
            "auto.offset.reset", "earliest");
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(Topics.LLM_REQUESTS.name(NONE), 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      List<ConsumerRecord<String, byte[]>> read = new ArrayList<>();
      long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (read.size() < count && System.nanoTime() - deadline < 0) {
        consumer.poll(Duration.ofMillis(200)).forEach(read::add);
      }
      return read;
    }
  }
}
