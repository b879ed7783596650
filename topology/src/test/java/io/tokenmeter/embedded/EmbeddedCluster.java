package io.tokenmeter.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Three nodes inside this JVM, of which each can be stopped and started again. */
public final class EmbeddedCluster implements AutoCloseable {
  private static final int NODES = 3;

  private final Path directory;
  private final List<Integer> ports;
  private final Map<Integer, Integer> controllers = new TreeMap<>();
  private final BrokerNode[] nodes = new BrokerNode[NODES];

  private EmbeddedCluster(Path directory) throws IOException {
    this.directory = directory;
    List<Integer> free = Ports.free(2 * NODES);
    this.ports = free.subList(0, NODES);
    for (int node = 0; node < NODES; node++) {
      controllers.put(node, free.get(NODES + node));
    }
  }

  /** Starts all nodes and waits until all serve. */
  public static EmbeddedCluster start(Path directory) throws IOException {
    EmbeddedCluster cluster = new EmbeddedCluster(directory);
    cluster.onAll(cluster::start);
    return cluster;
  }

  /** A node alone serves once the others make a majority with it. */
  public void start(int node) {
    nodes[node] =
        BrokerNode.start(
            directory.resolve("node-" + node), node, ports.get(node), controllers, Map.of());
  }

  public void stop(int node) {
    BrokerNode stopped = nodes[node];
    nodes[node] = null;
    if (stopped != null) {
      stopped.close();
    }
  }

  public String bootstrapServers() {
    return ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
  }

  /** All at once: a controller can't start or hand over without a majority. */
  private void onAll(IntConsumer action) {
    ExecutorService threads = Executors.newFixedThreadPool(NODES);
    try {
      CompletableFuture.allOf(
              IntStream.range(0, NODES)
                  .mapToObj(node -> CompletableFuture.runAsync(() -> action.accept(node), threads))
                  .toArray(CompletableFuture<?>[]::new))
          .join();
    } finally {
      threads.shutdown();
    }
  }

  @Override
  public void close() {
    onAll(this::stop);
  }
}
