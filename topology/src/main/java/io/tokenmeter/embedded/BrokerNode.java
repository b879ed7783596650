package io.tokenmeter.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/** One node, broker and controller at once, of a cluster inside this JVM. */
final class BrokerNode implements AutoCloseable {
  /** Sixteen bytes in base64url: every cluster has the same, since none ever meets another. */
  private static final String CLUSTER_ID = "dG9rZW5tZXRlci1lbWJlZA";

  private static final String CONTROLLER = "CONTROLLER";

  private final KafkaRaftServer server;

  private BrokerNode(KafkaRaftServer server) {
    this.server = server;
  }

  /**
   * Starts the node and waits until it serves.
   *
   * @param directory formatted when it is new
   * @param controllers the controller's port of each node of the cluster, by node id
   */
  static BrokerNode start(
      Path directory,
      int id,
      int port,
      Map<Integer, Integer> controllers,
      Map<String, String> overrides) {
    Properties properties = properties(directory, id, port, controllers);
    properties.putAll(overrides);
    checkUnused(directory);
    format(directory, id);
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
    try {
      server.startup();
    } catch (RuntimeException e) {
      server.shutdown();
      throw new EmbeddedFailure(
          "The embedded broker can't start on " + directory + ": " + e.getMessage(), e);
    }
    return new BrokerNode(server);
  }

  /**
   * Kafka guards a directory by a lock on this file and, when it can't have it, ends the whole JVM.
   * So it is tried first, and given back.
   */
  private static void checkUnused(Path directory) {
    Path lock = directory.resolve(".lock");
    try {
      Files.createDirectories(directory);
      try (FileChannel file =
              FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = file.tryLock()) {
        if (held == null) {
          throw inUse(directory);
        }
      }
    } catch (OverlappingFileLockException e) {
      throw inUse(directory);
    } catch (IOException e) {
      throw new EmbeddedFailure("Can't write to the broker's directory " + directory, e);
    }
  }

  private static EmbeddedFailure inUse(Path directory) {
    return new EmbeddedFailure(
        "The directory "
            + directory
            + " is in use by a running broker. Stop that, or choose another directory.");
  }

  private static void format(Path directory, int id) {
    try (PrintStream silence =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setPrintStream(silence)
          .setNodeId(id)
          .setClusterId(CLUSTER_ID)
          .addDirectory(directory.toString())
          .setMetadataLogDirectory(directory.toString())
          .setControllerListenerName(CONTROLLER)
          .setReleaseVersion(MetadataVersion.latestProduction())
          .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
          .setIgnoreFormatted(true)
          .run();
    } catch (Exception e) {
      throw new EmbeddedFailure(
          "The broker's directory "
              + directory
              + " can't be formatted: "
              + e.getMessage()
              + ". Choose an empty directory.",
          e);
    }
  }

  private static Properties properties(
      Path directory, int id, int port, Map<Integer, Integer> controllers) {
    int nodes = controllers.size();
    String replicas = Integer.toString(Math.min(3, nodes));
    String inSync = nodes >= 3 ? "2" : "1";
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "process.roles",
            "broker,controller",
            "node.id",
            Integer.toString(id),
            "controller.quorum.voters",
            voters(controllers),
            "listeners",
            listener("PLAINTEXT", port) + "," + controllerListener(id, controllers),
            "advertised.listeners",
            listener("PLAINTEXT", port),
            "controller.listener.names",
            CONTROLLER,
            "listener.security.protocol.map",
            "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "inter.broker.listener.name",
            "PLAINTEXT",
            "log.dirs",
            directory.toString()));
    properties.putAll(
        Map.of(
            "default.replication.factor", replicas,
            "min.insync.replicas", inSync,
            "offsets.topic.replication.factor", replicas,
            "offsets.topic.num.partitions", "4",
            "transaction.state.log.replication.factor", replicas,
            "transaction.state.log.min.isr", inSync,
            "transaction.state.log.num.partitions", "4",
            "share.coordinator.state.topic.replication.factor", replicas,
            "share.coordinator.state.topic.min.isr", inSync));
    properties.putAll(
        Map.of(
            "auto.create.topics.enable", "false",
            "group.initial.rebalance.delay.ms", "0",
            "num.io.threads", "4",
            "num.network.threads", "2",
            // 128 MiB unless told otherwise, a quarter of what the whole demo may take.
            "log.cleaner.dedupe.buffer.size", "16777216"));
    return properties;
  }

  private static String voters(Map<Integer, Integer> controllers) {
    return controllers.entrySet().stream()
        .map(entry -> entry.getKey() + "@127.0.0.1:" + entry.getValue())
        .collect(Collectors.joining(","));
  }

  private static String controllerListener(int id, Map<Integer, Integer> controllers) {
    return listener(CONTROLLER, controllers.get(id));
  }

  private static String listener(String name, int port) {
    return name + "://127.0.0.1:" + port;
  }

  /** Stops the node and waits for it; what it holds stays in its directory. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
