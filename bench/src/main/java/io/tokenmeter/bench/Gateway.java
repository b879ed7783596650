package io.tokenmeter.bench;

import io.tokenmeter.serde.RecordSerde;
import io.tokenmeter.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Appends records as a gateway does: idempotent, zstd, acknowledged by all. */
final class Gateway implements AutoCloseable {
  private static final int BATCH_BYTES = 128 << 10;
  private static final int LINGER_MS = 5;
  private static final long BUFFER_BYTES = 64L << 20;

  private final Serializer<Object> values;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  Gateway(Installation installation) {
    values = RecordSerde.valueSerializer(installation.serializers());
    Map<String, Object> settings = new HashMap<>(installation.kafka());
    settings.put("compression.type", "zstd");
    settings.put("linger.ms", LINGER_MS);
    settings.put("batch.size", BATCH_BYTES);
    settings.put("buffer.memory", BUFFER_BYTES);
    producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** A record made ready: what is done before the clock runs. */
  ProducerRecord<byte[], byte[]> ready(Topics topic, String key, SpecificRecord value) {
    String name = topic.name(Installation.PREFIX);
    return new ProducerRecord<>(
        name, key.getBytes(StandardCharsets.UTF_8), values.serialize(name, value));
  }

  void send(Topics topic, String key, SpecificRecord value) {
    send(ready(topic, key, value));
  }

  void sendAll(List<ProducerRecord<byte[], byte[]>> records) {
    records.forEach(this::send);
    flush();
  }

  void send(ProducerRecord<byte[], byte[]> record) {
    Future<RecordMetadata> unused =
        producer.send(
            record,
            (metadata, exception) -> {
              if (exception != null) {
                failure.compareAndSet(null, exception);
              }
            });
  }

  /** Waits until the broker has all that was sent. */
  void flush() {
    producer.flush();
    Exception failed = failure.get();
    if (failed != null) {
      throw new BenchFailure("the broker refused a record: " + failed.getMessage(), failed);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
