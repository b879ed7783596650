package io.tokenmeter.embedded;

import org.apache.kafka.common.utils.AppInfoParser;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/** Kafka's own image of the version that the build uses, set up as the embedded broker is. */
final class ContainerBroker {
  static final String IMAGE = "apache/kafka:" + AppInfoParser.getVersion();
  static final String MISSING =
      "there is no Docker here to run " + IMAGE + " in; mvn verify runs this on an embedded broker";

  private final KafkaContainer kafka;

  private ContainerBroker(KafkaContainer kafka) {
    this.kafka = kafka;
  }

  /** Asked once a run: the answer is remembered. */
  static boolean canStart() {
    return Holder.CAN_START;
  }

  private static final class Holder {
    private static final boolean CAN_START = find();

    private static boolean find() {
      boolean found = DockerClientFactory.instance().isDockerAvailable();
      if (!found) {
        System.out.println("Skipped: " + MISSING);
      }
      return found;
    }
  }

  static ContainerBroker start() {
    KafkaContainer kafka =
        new KafkaContainer(IMAGE)
            .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
            .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")
            .withEnv("KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "4")
            .withEnv("KAFKA_TRANSACTION_STATE_LOG_NUM_PARTITIONS", "4")
            .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR", "1")
            .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR", "1");
    kafka.start();
    return new ContainerBroker(kafka);
  }

  String bootstrapServers() {
    return kafka.getBootstrapServers();
  }

  void close() {
    kafka.stop();
  }
}
