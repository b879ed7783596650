package io.tokenmeter.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A standalone Connect worker with its connectors, in a JVM of its own that can be killed. */
final class ConnectWorker implements AutoCloseable {
  /**
   * Has the group go on soon after a worker was killed; it takes 45 seconds by itself, which a test
   * of two kills needn't wait for.
   */
  static final Map<String, String> SOON_MISSED =
      Map.of(
          "consumer.override.session.timeout.ms", "6000",
          "consumer.override.heartbeat.interval.ms", "2000");

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final String bootstrapServers;
  private final List<Path> plugins;
  private final List<ObjectNode> connectors = new ArrayList<>();
  private final Map<String, String> environment;
  private final int port = Ports.free();
  private int starts;
  private Process process;

  /**
   * @param directory for its files and its log
   * @param plugins folders for plugin.path
   * @param definitions as they are shipped
   * @param changes settings that a test must have otherwise
   * @param environment what the definitions take from it
   */
  ConnectWorker(
      Path directory,
      String bootstrapServers,
      List<Path> plugins,
      List<Path> definitions,
      Map<String, String> changes,
      Map<String, String> environment)
      throws IOException {
    this.directory = directory;
    this.bootstrapServers = bootstrapServers;
    this.plugins = List.copyOf(plugins);
    this.environment = Map.copyOf(environment);
    for (Path definition : definitions) {
      ObjectNode connector = (ObjectNode) JSON.readTree(definition.toFile());
      ObjectNode config = (ObjectNode) connector.get("config");
      changes.forEach(config::put);
      connectors.add(connector);
    }
  }

  /** Starts it and waits until each connector's task runs. */
  void start() throws IOException {
    starts++;
    Path properties = directory.resolve("worker.properties");
    Files.write(properties, settings());
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile="
                    + Path.of("src/test/resources/worker-logback.xml").toAbsolutePath(),
                "-cp",
                classPath(),
                "org.apache.kafka.connect.cli.ConnectStandalone",
                properties.toString()));
    for (ObjectNode connector : connectors) {
      Path definition = directory.resolve(name(connector) + ".json");
      JSON.writeValue(definition.toFile(), connector);
      command.add(definition.toString());
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(log().toFile());
    process = builder.start();
    Awaitility.await("a running task, see " + log())
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(this::allRun);
  }

  /** SIGKILL: nothing is flushed or committed on the way out. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    if (process != null) {
      kill();
    }
  }

  /** Whether every task runs; fails when one has failed. */
  boolean allRun() throws IOException, InterruptedException {
    assertThat(process.isAlive()).as("the worker, see %s", log()).isTrue();
    for (ObjectNode connector : connectors) {
      if (!runs(name(connector))) {
        return false;
      }
    }
    return true;
  }

  private boolean runs(String name) throws IOException, InterruptedException {
    HttpResponse<String> answer;
    try {
      answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(
                          URI.create(
                              "http://127.0.0.1:" + port + "/connectors/" + name + "/status"))
                      .timeout(Duration.ofSeconds(5))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      return false; // It doesn't listen yet.
    }
    if (answer.statusCode() != 200) {
      return false;
    }
    JsonNode tasks = JSON.readTree(answer.body()).get("tasks");
    assertThat(tasks)
        .as("tasks, see %s", log())
        .noneMatch(task -> task.get("state").asText().equals("FAILED"));
    return !tasks.isEmpty() && tasks.get(0).get("state").asText().equals("RUNNING");
  }

  private static String name(JsonNode connector) {
    return connector.get("name").asText();
  }

  private Path log() {
    return directory.resolve("worker-" + starts + ".log");
  }

  private List<String> settings() {
    List<String> settings = new ArrayList<>();
    settings.add("bootstrap.servers=" + bootstrapServers);
    settings.add("key.converter=org.apache.kafka.connect.storage.StringConverter");
    settings.add("value.converter=org.apache.kafka.connect.storage.StringConverter");
    settings.add("offset.storage.file.filename=" + directory.resolve("offsets"));
    settings.add("offset.flush.interval.ms=1000");
    settings.add("plugin.discovery=service_load");
    settings.add(
        "plugin.path="
            + plugins.stream()
                .map(path -> path.toAbsolutePath().toString())
                .collect(Collectors.joining(",")));
    settings.add("listeners=http://127.0.0.1:" + port);
    settings.add("config.providers=env");
    settings.add(
        "config.providers.env.class=org.apache.kafka.common.config.provider.EnvVarConfigProvider");
    return settings;
  }

  /** Without the project's own classes: those the worker must find in its plugins. */
  private static String classPath() {
    String reactor = Path.of("..").toAbsolutePath().normalize().toString();
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.startsWith(reactor))
        .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("tokenmeter-"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
