package io.tokenmeter.app;

import io.tokenmeter.ingest.RawRecord;
import io.tokenmeter.query.ProblemCode;
import io.tokenmeter.query.ProblemException;
import io.tokenmeter.query.RawTopics;
import io.tokenmeter.raw.InvalidRecordException;
import io.tokenmeter.raw.Rejection;
import io.tokenmeter.serde.RecordSerde;
import io.tokenmeter.topics.TopicPrefix;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Publishes what gateways send over HTTP, and says when the brokers have it for good.
 *
 * <p>One idempotent producer for all requests, without transactions: their records share batches,
 * and a batch of a gateway that is cut in the middle is sent again whole, which bills nothing
 * again.
 */
final class RawProducer implements RawTopics, AutoCloseable {
  private static final Duration BLOCKED = Duration.ofSeconds(3);
  private static final Duration REQUEST = Duration.ofSeconds(5);
  private static final Duration DELIVERY = Duration.ofSeconds(15);
  private static final int LINGER_MS = 5;
  private static final int BATCH_BYTES = 128 << 10;

  /** What may be on its way to the brokers; who sends more waits. */
  private static final long BUFFER_BYTES = 64L << 20;

  private final TopicPrefix prefix;
  private final Serializer<Object> values;
  private final KafkaProducer<byte[], byte[]> producer;

  RawProducer(TokenmeterConfig config) {
    this.prefix = new TopicPrefix(config.topicPrefix());
    this.values = RecordSerde.valueSerializer(config.serializers());
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
    settings.putAll(config.kafka());
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) BLOCKED.toMillis());
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST.toMillis());
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY.toMillis());
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, StreamsSettings.MAX_REQUEST_BYTES);
    this.producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public CompletableFuture<Void> send(RawRecord record) {
    String topic = record.topic().name(prefix);
    CompletableFuture<Void> arrived = new CompletableFuture<>();
    try {
      Future<?> unused =
          producer.send(
              new ProducerRecord<>(
                  topic,
                  record.key().getBytes(StandardCharsets.UTF_8),
                  values.serialize(topic, record.value())),
              (metadata, failure) -> {
                if (failure == null) {
                  arrived.complete(null);
                } else {
                  arrived.completeExceptionally(failed(failure));
                }
              });
    } catch (KafkaException e) {
      arrived.completeExceptionally(failed(e));
    }
    return arrived;
  }

  private static RuntimeException failed(Exception failure) {
    return failure instanceof RecordTooLargeException
        ? new InvalidRecordException(
            Rejection.INVALID_FIELD,
            "the record is larger than the topic takes; count the call and send usage")
        : new ProblemException(
            ProblemCode.BROKERS_AWAY,
            "the brokers didn't say that they have the records ("
                + failure.getClass().getSimpleName()
                + "); send the same again, which bills nothing twice");
  }

  @Override
  public void close() {
    producer.close(REQUEST);
  }
}
