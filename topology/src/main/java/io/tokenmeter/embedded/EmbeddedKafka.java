package io.tokenmeter.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A Kafka of one node inside this JVM, on the loopback interface. What it holds stays in its
 * directory; one process at a time may use that. Transactions work at a replication factor of 1.
 */
public final class EmbeddedKafka implements AutoCloseable {
  /** Let the machine choose a port. */
  public static final int ANY_PORT = 0;

  private final BrokerNode node;
  private final int port;

  private EmbeddedKafka(BrokerNode node, int port) {
    this.node = node;
    this.port = port;
  }

  /**
   * Starts a broker and waits until it serves: a few seconds.
   *
   * @param directory new, or one that an embedded broker has used before
   * @param port to listen on, or {@link #ANY_PORT}
   * @param overrides broker settings of Kafka's names, over the ones that a single node needs
   * @throws EmbeddedFailure when the port is taken or the directory can't be used
   */
  public static EmbeddedKafka start(Path directory, int port, Map<String, String> overrides) {
    int chosen = choose(port);
    return startOn(directory, chosen, overrides);
  }

  /** The port to start on, so that it can be told to others before the broker serves. */
  static int choose(int port) {
    if (port != ANY_PORT) {
      Ports.check("broker", port);
      return port;
    }
    return freePorts(1).get(0);
  }

  static EmbeddedKafka startOn(Path directory, int port, Map<String, String> overrides) {
    Map<Integer, Integer> controllers = Map.of(1, freePorts(1).get(0));
    return new EmbeddedKafka(BrokerNode.start(directory, 1, port, controllers, overrides), port);
  }

  private static List<Integer> freePorts(int count) {
    try {
      return Ports.free(count);
    } catch (IOException e) {
      throw new UncheckedIOException("No port is free on the loopback interface", e);
    }
  }

  /** For {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  /** Stops the broker and waits for it. */
  @Override
  public void close() {
    node.close();
  }
}
