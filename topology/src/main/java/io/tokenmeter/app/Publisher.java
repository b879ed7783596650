package io.tokenmeter.app;

import io.tokenmeter.ledger.Command;
import io.tokenmeter.raw.OrgId;
import io.tokenmeter.serde.RecordSerde;
import io.tokenmeter.topics.TopicPrefix;
import io.tokenmeter.topics.Topics;
import io.tokenmeter.wire.CommandCodec;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Publishes records as a gateway or an operator does. A failure shows at the next call. */
final class Publisher implements AutoCloseable {
  private static final int BATCH_BYTES = 128 << 10;
  private static final int LINGER_MS = 5;

  private final TopicPrefix prefix;
  private final Serializer<Object> values;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  Publisher(TokenmeterConfig config) {
    this.prefix = new TopicPrefix(config.topicPrefix());
    this.values = RecordSerde.valueSerializer(config.serializers());
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    settings.putAll(config.kafka());
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, StreamsSettings.MAX_REQUEST_BYTES);
    this.producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Publishes a record. */
  void send(Topics topic, String key, SpecificRecord value) {
    String name = topic.name(prefix);
    try {
      sendBytes(name, key, values.serialize(name, value));
    } catch (KafkaException e) {
      throw failed(e);
    }
  }

  /** Publishes an operator's command. */
  void send(OrgId orgId, Command command) {
    send(Topics.LEDGER_COMMANDS, orgId.value(), CommandCodec.encode(orgId, command));
  }

  /** Publishes bytes as they are. */
  void sendBytes(Topics topic, String key, byte[] value) {
    sendBytes(topic.name(prefix), key, value);
  }

  private void sendBytes(String topic, String key, byte[] value) {
    throwIfFailed();
    Future<?> unused =
        producer.send(
            new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value),
            (metadata, exception) -> {
              if (exception != null) {
                failure.compareAndSet(null, exception);
              }
            });
  }

  /** Waits until the brokers have all that was sent. */
  void flush() {
    producer.flush();
    throwIfFailed();
  }

  private void throwIfFailed() {
    Exception failed = failure.get();
    if (failed != null) {
      throw failed(failed);
    }
  }

  private static CommandException failed(Exception e) {
    String why =
        e.getCause() == null ? e.getMessage() : e.getMessage() + ": " + e.getCause().getMessage();
    return CommandException.unreachable("can't publish: " + why);
  }

  @Override
  public void close() {
    producer.close();
  }
}
