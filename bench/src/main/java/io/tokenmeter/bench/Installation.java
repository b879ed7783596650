package io.tokenmeter.bench;

import io.tokenmeter.embedded.EmbeddedPlatform;
import io.tokenmeter.query.access.AccessToken;
import io.tokenmeter.query.access.Scope;
import io.tokenmeter.rated.book.ShippedBooks;
import io.tokenmeter.topics.TopicPrefix;
import io.tokenmeter.topics.Topics;
import io.tokenmeter.wire.PriceCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A broker and a registry in a process of their own, with topics and prices, and the applications
 * that are measured, each in its own process.
 */
final class Installation implements AutoCloseable {
  static final TopicPrefix PREFIX = new TopicPrefix("");

  /** The application's own property for where the registry's archive is. */
  private static final String REGISTRY = "tokenmeter.registry.dir";

  private final Bench bench;
  private final Path directory;
  private final int partitions;
  private final String token = AccessToken.fresh();
  private final ChildJvm broker;
  private final String bootstrapServers;
  private final String registryUrl;
  private final List<ChildJvm> applications = new ArrayList<>();

  private Installation(Bench bench, String name, int partitions) {
    this.bench = bench;
    this.directory = bench.directory().resolve(name);
    this.partitions = partitions;
    List<String> options = new ArrayList<>(bench.jvm());
    registry().ifPresent(home -> options.add("-D" + REGISTRY + "=" + home));
    this.broker =
        ChildJvm.start(
            directory.resolve("broker.log"),
            options,
            BrokerMain.class,
            List.of(directory.resolve("broker").toString()));
    this.bootstrapServers = broker.nextLine();
    this.registryUrl = broker.nextLine();
  }

  /** Starts a broker and a registry, makes topics and publishes the shipped prices. */
  static Installation start(Bench bench, String name, int partitions) {
    bench.say(name + ": starting a broker and a registry ...");
    Installation installation = new Installation(bench, name, partitions);
    try {
      installation.create(
          Topics.newTopics(PREFIX, OptionalInt.of(partitions), OptionalInt.empty()));
      installation.publishPrices();
    } catch (RuntimeException e) {
      installation.close();
      throw e;
    }
    return installation;
  }

  /** Where the build of the application left the registry, when it runs from a folder of jars. */
  private static Optional<String> registry() {
    String set = System.getProperty(REGISTRY);
    if (set != null) {
      return Optional.of(set);
    }
    try {
      Path code =
          Path.of(
              EmbeddedPlatform.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return code.getParent().endsWith("lib")
          ? Optional.of(
              code.getParent().resolve("../../../topology/target/registry").normalize().toString())
          : Optional.empty();
    } catch (URISyntaxException e) {
      throw new BenchFailure("can't tell where the application's jar is", e);
    }
  }

  Map<String, Object> kafka() {
    return Map.of("bootstrap.servers", bootstrapServers);
  }

  Map<String, Object> serializers() {
    return Map.of("schema.registry.url", registryUrl);
  }

  String token() {
    return token;
  }

  int partitions() {
    return partitions;
  }

  Path directory() {
    return directory;
  }

  void create(List<NewTopic> topics) {
    try (Admin admin = Admin.create(kafka())) {
      admin.createTopics(topics).all().get();
    } catch (ExecutionException e) {
      throw new BenchFailure("the topics can't be made: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted", e);
    }
  }

  private void publishPrices() {
    try (Gateway gateway = new Gateway(this)) {
      Instant past = Instant.now().minus(Duration.ofDays(1));
      ShippedBooks.read("gptbots")
          .prices(past)
          .forEach(
              model ->
                  gateway.send(
                      Topics.CATALOG_PRICES,
                      PriceCodec.key(model.book(), model.model()),
                      PriceCodec.encode(model)));
      gateway.flush();
    }
  }

  /**
   * Starts an instance of the applications; see {@link Instance#awaitReady}.
   *
   * @param name of its state and log
   * @param stage as `run` takes it
   * @param settings over the usual ones
   */
  Instance start(String name, String stage, Map<String, String> settings) {
    int port = freePort();
    Map<String, String> all = new TreeMap<>();
    all.put("bootstrap.servers", bootstrapServers);
    all.put("schema.registry.url", registryUrl);
    all.put("partitions", Integer.toString(partitions));
    all.put("state.dir", directory.resolve(name + "-state").toString());
    all.put("http.listen", "127.0.0.1:" + port);
    all.put("http.tokens", AccessToken.line(token, new Scope.Operator()));
    all.putAll(settings);
    List<String> arguments = new ArrayList<>(List.of("run", "--stage", stage));
    all.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
    ChildJvm jvm = child(name, ApplicationMain.class, arguments);
    return new Instance(jvm, "http://127.0.0.1:" + port);
  }

  /** Starts any measured process. */
  ChildJvm child(String name, Class<?> main, List<String> arguments) {
    List<String> options = new ArrayList<>(bench.jvm());
    bench
        .profiles()
        .ifPresent(
            profiles ->
                options.add(
                    "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename="
                        + profiles.resolve(directory.getFileName() + "-" + name + ".jfr")));
    ChildJvm jvm = ChildJvm.start(directory.resolve(name + ".log"), options, main, arguments);
    applications.add(jvm);
    return jvm;
  }

  ChildJvm broker() {
    return broker;
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    applications.forEach(ChildJvm::close);
    broker.close();
  }
}
