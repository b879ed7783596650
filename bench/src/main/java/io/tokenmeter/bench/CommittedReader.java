package io.tokenmeter.bench;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads what is committed on a topic, in a thread of its own, and counts it. */
final class CommittedReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration LOOK = Duration.ofMillis(2);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final AtomicLong seen = new AtomicLong();
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private final Thread thread;
  private volatile boolean closed;

  /**
   * Begins at the first record.
   *
   * @param taker is given each record, in the reader's thread
   */
  CommittedReader(
      Installation installation, String topic, Consumer<ConsumerRecord<byte[], byte[]>> taker) {
    Map<String, Object> settings = new HashMap<>(installation.kafka());
    settings.put("isolation.level", "read_committed");
    settings.put("max.poll.records", 5_000);
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    thread = new Thread(() -> read(consumer, taker), "committed-reader");
    thread.setDaemon(true);
    thread.start();
  }

  private void read(
      KafkaConsumer<byte[], byte[]> consumer, Consumer<ConsumerRecord<byte[], byte[]>> taker) {
    try (consumer) {
      while (!closed) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          taker.accept(record);
          seen.incrementAndGet();
        }
      }
    } catch (RuntimeException e) {
      failure.set(e);
    }
  }

  long seen() {
    return seen.get();
  }

  /** Waits until so many have been seen since the beginning. */
  void await(long count) {
    long last = seen();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (seen() < count) {
        RuntimeException failed = failure.get();
        if (failed != null) {
          throw new BenchFailure("the reader failed: " + failed.getMessage(), failed);
        }
        if (seen() != last) {
          last = seen();
          deadline = System.nanoTime() + PATIENCE.toNanos();
        } else if (System.nanoTime() - deadline > 0) {
          throw new BenchFailure(
              "of " + count + " records only " + seen() + " came, and none for " + PATIENCE);
        }
        Thread.sleep(LOOK.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
