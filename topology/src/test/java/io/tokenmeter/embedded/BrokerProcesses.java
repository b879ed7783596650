package io.tokenmeter.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Brokers that are each a process of their own, so that one can be killed, stopped for a while and
 * cut off. With three of them every record has three copies and is acknowledged by two.
 */
public final class BrokerProcesses implements AutoCloseable {
  private static final ChildJvm.Limits LIMITS = new ChildJvm.Limits("256m", 0);

  /** Below those that the system gives to clients, which would take a killed broker's port. */
  private static final int FIRST_PORT = 15_000;

  private static final int LAST_PORT = 32_000;

  private final Path directory;
  private final List<Integer> outside;
  private final List<Integer> inside;
  private final List<Integer> controllers;
  private final ChildJvm[] nodes;

  private BrokerProcesses(Path directory, int count) {
    this.directory = directory;
    List<Integer> ports = ports(3 * count);
    this.outside = ports.subList(0, count);
    this.inside = ports.subList(count, 2 * count);
    this.controllers = ports.subList(2 * count, 3 * count);
    this.nodes = new ChildJvm[count];
  }

  /**
   * Starts so many nodes; doesn't wait for them.
   *
   * @param directory for their data and their logs
   */
  public static BrokerProcesses launch(Path directory, int count) {
    BrokerProcesses brokers = new BrokerProcesses(directory, count);
    IntStream.range(0, count).forEach(brokers::start);
    return brokers;
  }

  /** For {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return outside.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
  }

  public int count() {
    return nodes.length;
  }

  /** Starts a node; doesn't wait for it. */
  public void start(int node) {
    List<String> words = new ArrayList<>();
    words.add(directory.resolve("broker-" + node).toString());
    words.add(Integer.toString(node));
    words.add(outside.get(node).toString());
    words.add(inside.get(node).toString());
    controllers.forEach(port -> words.add(port.toString()));
    nodes[node] =
        ChildJvm.start(
            directory.resolve("broker-" + node + ".log"), LIMITS, BrokerMain.class, words);
  }

  /**
   * Whether a node has said that it serves.
   *
   * @throws AssertionError when it has ended by itself
   */
  public boolean serves(int node) {
    if (!nodes[node].isAlive()) {
      throw new AssertionError("broker " + node + " has ended; " + nodes[node].tail());
    }
    return nodes[node].output().contains(BrokerMain.SERVES);
  }

  /** SIGKILL. */
  public void kill(int node) {
    nodes[node].close();
  }

  /** SIGSTOP, and SIGCONT after so long. */
  public void pause(int node, Duration time) {
    nodes[node].pause(time);
  }

  /** Closes every connection to a node. */
  public void cut(int node) {
    nodes[node].tell(BrokerMain.CUT);
  }

  /** Ports that were free a moment ago. */
  public static List<Integer> ports(int count) {
    Random random = new Random();
    List<Integer> ports = new ArrayList<>();
    while (ports.size() < count) {
      int port = FIRST_PORT + random.nextInt(LAST_PORT - FIRST_PORT);
      if (!ports.contains(port) && isFree(port)) {
        ports.add(port);
      }
    }
    return List.copyOf(ports);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort() == port;
    } catch (BindException taken) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    for (ChildJvm node : nodes) {
      if (node != null) {
        node.close();
      }
    }
  }
}
