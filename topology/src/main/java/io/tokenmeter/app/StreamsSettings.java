package io.tokenmeter.app;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * How the two applications are set up. What {@code kafka.*} says wins, but for what money needs.
 */
final class StreamsSettings {
  /** The largest record that any topic takes, with room for headers: the dead letters'. */
  static final int MAX_REQUEST_BYTES = 17 << 20;

  private static final int BATCH_BYTES = 128 << 10;
  private static final int FETCH_BYTES = 1 << 20;

  /** Bodies are large, so few are held at a time. */
  private static final int BUFFERED_RECORDS = 64;

  private static final Duration LINGER = Duration.ofMillis(5);
  private static final int HEARTBEATS_A_SESSION = 3;

  private StreamsSettings() {}

  static Map<String, Object> measure(TokenmeterConfig config) {
    Map<String, Object> settings = common(config, "measure");
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.measureThreads());
    return settings;
  }

  /**
   * @param advertised where this instance answers queries
   */
  static Map<String, Object> ledger(TokenmeterConfig config, HostPort advertised) {
    Map<String, Object> settings = common(config, "ledger");
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.ledgerThreads());
    settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, config.standbyReplicas());
    settings.put(StreamsConfig.APPLICATION_SERVER_CONFIG, advertised.toString());
    settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, StateMemory.class);
    settings.put(StateMemory.CACHE_BYTES, Long.toString(config.stateCacheBytes()));
    return settings;
  }

  static String applicationId(TokenmeterConfig config, String stage) {
    return applicationId(config.applicationIdPrefix(), stage);
  }

  static String applicationId(String prefix, String stage) {
    return prefix + "-" + stage;
  }

  private static Map<String, Object> common(TokenmeterConfig config, String stage) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, BUFFERED_RECORDS);
    settings.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), BUFFERED_RECORDS);
    settings.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), FETCH_BYTES);
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), LINGER.toMillis());
    settings.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), MAX_REQUEST_BYTES);
    settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) config.replicationFactor());

    settings.putAll(config.kafka());

    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId(config, stage));
    settings.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDir().toString());
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, config.commitInterval().toMillis());
    // Under the streams protocol of 4.3, the metadata of queries is overwritten by each thread
    // (KAFKA-20782), and static membership is missing.
    settings.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
    settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    settings.put(
        StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
        (int) config.transactionTimeout().toMillis());
    // As it will be by default from Kafka 5 on; off, each client warns about it.
    settings.put("processing.exception.handler.global.enabled", true);
    int session = (int) config.sessionTimeout().toMillis();
    settings.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), session);
    settings.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
        session / HEARTBEATS_A_SESSION);
    config
        .groupInstanceId()
        .ifPresent(
            id ->
                settings.put(
                    StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
                    id + "-" + stage));
    return settings;
  }
}
