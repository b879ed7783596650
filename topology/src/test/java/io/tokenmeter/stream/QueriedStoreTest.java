package io.tokenmeter.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.query.KeyQuery;
import org.apache.kafka.streams.query.PositionBound;
import org.apache.kafka.streams.query.QueryConfig;
import org.apache.kafka.streams.query.RangeQuery;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueriedStoreTest {
  private static final String STORE = "queried";
  private static final int WRITES = 3_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path directory;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
          });
  private TopologyTestDriver driver;
  private TestInputTopic<String, String> input;
  private StateStore store;

  /** Writes what comes. */
  private static final class Writer extends ContextualProcessor<String, String, Void, Void> {
    @Override
    public void process(Record<String, String> in) {
      KeyValueStore<String, String> written = context().getStateStore(STORE);
      written.put(in.key(), in.value());
    }
  }

  @BeforeEach
  void open() {
    Topology topology = new Topology();
    topology.addSource(
        "source", Serdes.String().deserializer(), Serdes.String().deserializer(), "in");
    topology.addProcessor("writer", Writer::new, "source");
    topology.addStateStore(
        Stores.keyValueStoreBuilder(
                QueriedStore.persistent(STORE), Serdes.String(), Serdes.String())
            .withCachingDisabled(),
        "writer");
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
    driver = new TopologyTestDriver(topology, settings);
    input = driver.createInputTopic("in", new StringSerializer(), new StringSerializer());
    store = driver.getKeyValueStore(STORE);
  }

  /** Threads that wait for each other would let it wait too. */
  @AfterEach
  void close() throws Exception {
    CompletableFuture.runAsync(driver::close, threads)
        .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    threads.shutdownNow();
  }

  /** With a store of Kafka Streams 4.3.1 the two wait for each other within a second. */
  @Test
  void queriesAndWritesNeverWaitForEachOther() throws Exception {
    AtomicBoolean written = new AtomicBoolean();
    CompletableFuture<Void> writing =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < WRITES; i++) {
                input.pipeInput("key", "value " + i);
              }
              written.set(true);
            },
            threads);
    List<CompletableFuture<Void>> asking = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      asking.add(
          CompletableFuture.runAsync(
              () -> {
                while (!written.get()) {
                  get("key");
                  range(RangeQuery.withNoBounds());
                }
              },
              threads));
    }
    writing.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    for (CompletableFuture<Void> one : asking) {
      one.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
    assertThat(get("key")).isEqualTo("value " + (WRITES - 1));
  }

  @Test
  void answersByKeyAndByRangeInBothOrders() {
    for (String key : List.of("a", "b", "c", "d")) {
      input.pipeInput(key, key);
    }
    assertThat(get("b")).isEqualTo("b");
    assertThat(get("none")).isNull();
    assertThat(range(RangeQuery.withNoBounds())).isEqualTo("abcd");
    assertThat(range(RangeQuery.<String, String>withNoBounds().withDescendingKeys()))
        .isEqualTo("dcba");
    assertThat(range(RangeQuery.withLowerBound("b"))).isEqualTo("bcd");
    assertThat(range(RangeQuery.<String, String>withUpperBound("c").withDescendingKeys()))
        .isEqualTo("cba");
    assertThat(range(RangeQuery.withRange("b", "c"))).isEqualTo("bc");
  }

  private String get(String key) {
    return store
        .query(
            KeyQuery.<String, String>withKey(key),
            PositionBound.unbounded(),
            new QueryConfig(false))
        .getResult();
  }

  private String range(RangeQuery<String, String> query) {
    StringBuilder values = new StringBuilder();
    try (KeyValueIterator<String, String> found =
        store.query(query, PositionBound.unbounded(), new QueryConfig(false)).getResult()) {
      while (found.hasNext()) {
        values.append(found.next().value);
      }
    }
    return values.toString();
  }
}
