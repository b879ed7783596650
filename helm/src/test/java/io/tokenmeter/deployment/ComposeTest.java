package io.tokenmeter.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenmeter.app.TokenmeterConfig;
import io.tokenmeter.query.access.AccessToken;
import io.tokenmeter.query.access.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

class ComposeTest {
  private static final List<String> OURS =
      List.of("topics", "books", "tokenmeter-1", "tokenmeter-2");

  private static JsonNode file;
  private static JsonNode services;

  @BeforeAll
  static void read() throws IOException {
    LoaderOptions strict = new LoaderOptions();
    strict.setAllowDuplicateKeys(false);
    file =
        new ObjectMapper()
            .valueToTree(new Yaml(strict).<Object>load(Project.text("docker-compose.yml")));
    services = file.get("services");
  }

  @Test
  void it_is_what_compose_reads() {
    assertThat(Forms.flawsOfCompose(file)).isEmpty();
  }

  @Test
  void a_key_that_compose_does_not_know_is_found() {
    ObjectNode other = file.deepCopy();
    ((ObjectNode) other.at("/services/kafka/healthcheck")).put("retry", 3);
    ((ObjectNode) other.at("/services/grafana")).put("restart", "sometimes");
    assertThat(Forms.flawsOfCompose(other))
        .hasSize(2)
        .anySatisfy(flaw -> assertThat(flaw).contains("retry"))
        .anySatisfy(flaw -> assertThat(flaw).contains("restart"));
  }

  @Test
  void compose_itself_takes_it_where_it_is_installed(@TempDir Path folder) throws Exception {
    assumeTrue(
        exitCode(folder, "docker", "compose", "version") == 0, "there is no docker compose here");
    assertThat(exitCode(folder, Project.file("docker/secrets").toString(), folder.toString()))
        .isZero();
    assertThat(
            exitCode(
                folder,
                "docker",
                "compose",
                "--env-file",
                folder.resolve(".env").toString(),
                "--file",
                Project.file("docker-compose.yml").toString(),
                "config",
                "--quiet"))
        .isZero();
  }

  @Test
  void every_image_has_a_version_of_its_own() {
    assertThat(services).hasSizeGreaterThan(8);
    for (JsonNode service : services) {
      assertThat(service.get("image").textValue())
          .matches("[a-z0-9/.-]+:v?[0-9]+\\.[0-9]+(\\.[0-9]+\\S*|-[a-z]+)");
    }
  }

  @Test
  void no_container_is_root_or_can_become_it_or_writes_to_its_image() {
    for (Map.Entry<String, JsonNode> service : services.properties()) {
      JsonNode container = service.getValue();
      assertThat(container.path("user").asText())
          .as(service.getKey())
          .matches("[1-9][0-9]*:[0-9]+");
      assertThat(container.path("read_only").asBoolean()).as(service.getKey()).isTrue();
      assertThat(container.path("cap_drop").path(0).asText()).isEqualTo("ALL");
      assertThat(container.path("security_opt").path(0).asText())
          .isEqualTo("no-new-privileges:true");
      assertThat(container.path("tmpfs").path(0).asText()).startsWith("/tmp:");
    }
  }

  @Test
  void the_application_takes_every_setting() {
    Set<String> names = new TreeSet<>();
    for (String service : OURS) {
      Map<String, String> settings = settings(service);

      assertThat(TokenmeterConfig.of(settings).bootstrapServers()).isEqualTo("kafka:19092");
      assertThat(settings.get("schema.registry.url")).endsWith("/apis/ccompat/v7");
      if (service.startsWith("tokenmeter-")) {
        names.add(settings.get("group.instance.id"));
        assertThat(settings)
            .containsEntry("standby.replicas", "1")
            .containsEntry("http.advertised", service + ":8080");
      }
    }
    assertThat(names).hasSize(2);
  }

  @Test
  void no_secret_stands_in_it() throws IOException {
    Pattern.compile("(?m)^ +(\\w*(?:PASSWORD|SECRET|TOKENS)): *(.*)$")
        .matcher(Project.text("docker-compose.yml"))
        .results()
        .forEach(
            secret -> assertThat(secret.group(2)).matches("\"\\$\\{\\w+:\\?run docker/secrets.*"));
  }

  @Test
  void the_script_makes_every_secret_that_is_asked_for_and_none_twice(@TempDir Path folder)
      throws Exception {
    String script = Project.file("docker/secrets").toString();
    assertThat(exitCode(folder, script, folder.toString())).isZero();
    Properties made = new Properties();
    try (InputStream env = Files.newInputStream(folder.resolve(".env"))) {
      made.load(env);
    }
    Set<String> asked = new TreeSet<>();
    Pattern.compile("\\$\\{(\\w+):\\?")
        .matcher(Project.text("docker-compose.yml"))
        .results()
        .forEach(variable -> asked.add(variable.group(1)));

    assertThat(made.stringPropertyNames()).containsAll(asked);
    assertThat(made.getProperty("TOKENMETER_HTTP_TOKENS"))
        .isEqualTo(AccessToken.line(made.getProperty("TOKENMETER_TOKEN"), new Scope.Operator()));
    assertThat(Set.copyOf(made.values())).hasSameSizeAs(made.values());
    assertThat(exitCode(folder, script, folder.toString())).isOne();
  }

  @Test
  void every_service_that_stays_says_whether_it_is_well() {
    for (Map.Entry<String, JsonNode> service : services.properties()) {
      assertThat(service.getValue().has("healthcheck"))
          .as("health check of " + service.getKey())
          .isEqualTo(!ends(service.getValue()));
    }
  }

  @Test
  void a_service_waits_for_what_it_needs_to_be_well_or_done() {
    Set<String> waitedFor = new TreeSet<>();
    for (JsonNode service : services) {
      for (Map.Entry<String, JsonNode> needed : service.path("depends_on").properties()) {
        JsonNode other = services.get(needed.getKey());
        waitedFor.add(needed.getKey());
        assertThat(other).as(needed.getKey()).isNotNull();
        assertThat(needed.getValue().get("condition").textValue())
            .isEqualTo(ends(other) ? "service_completed_successfully" : "service_healthy");
      }
    }
    // `up --wait` takes the end of a job for a failure unless another service waits for it.
    services
        .properties()
        .forEach(
            service -> {
              if (ends(service.getValue())) {
                assertThat(waitedFor).contains(service.getKey());
              }
            });
  }

  @Test
  void nothing_is_published_beyond_this_machine_and_no_port_twice() {
    List<String> ports = new ArrayList<>();
    services.forEach(service -> service.path("ports").forEach(port -> ports.add(port.textValue())));

    assertThat(ports)
        .isNotEmpty()
        .allSatisfy(port -> assertThat(port).startsWith("127.0.0.1:"))
        .extracting(port -> port.split(":", -1)[1])
        .doesNotHaveDuplicates();
  }

  @Test
  void what_is_mounted_is_there() {
    Set<String> volumes = new TreeSet<>();
    file.get("volumes").fieldNames().forEachRemaining(volumes::add);
    Set<String> used = new TreeSet<>();
    for (JsonNode service : services) {
      for (JsonNode volume : service.path("volumes")) {
        String source = volume.textValue().substring(0, volume.textValue().indexOf(':'));
        if (source.startsWith("./")) {
          assertThat(Project.file(source)).exists();
          assertThat(volume.textValue()).endsWith(":ro");
        } else {
          used.add(source);
        }
      }
    }
    assertThat(used).isEqualTo(volumes);
  }

  @Test
  void connect_runs_every_definition_and_has_what_they_take_from_the_environment()
      throws IOException {
    JsonNode connect = services.get("connect");
    Map<String, String> mounted = mounted(connect);
    List<String> definitions = new ArrayList<>();
    connect
        .get("command")
        .forEach(
            argument -> {
              if (!mounted.containsKey(argument.textValue())) {
                Path file = Path.of(argument.textValue());
                definitions.add(
                    mounted.get(file.getParent().toString()) + "/" + file.getFileName());
              }
            });
    List<String> there = new ArrayList<>();
    try (var files = Files.list(Project.file("connectors/postgresql"))) {
      files.forEach(file -> there.add("./connectors/postgresql/" + file.getFileName()));
    }
    Set<String> variables = new TreeSet<>();
    for (String definition : definitions) {
      Pattern.compile("\\$\\{env:(\\w+)}")
          .matcher(Project.text(definition))
          .results()
          .forEach(variable -> variables.add(variable.group(1)));
    }

    assertThat(definitions).containsExactlyInAnyOrderElementsOf(there);
    assertThat(connect.get("environment").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(variables);
    // Each connector has a state, and so has its task.
    assertThat(connect.at("/healthcheck/test/3").textValue())
        .contains("-eq " + 2 * definitions.size() + " ]");
  }

  /** Where in a container which file of the project is. */
  static Map<String, String> mounted(JsonNode service) {
    Map<String, String> mounted = new TreeMap<>();
    StreamSupport.stream(service.path("volumes").spliterator(), false)
        .map(volume -> volume.textValue().split(":", -1))
        .filter(parts -> parts[0].startsWith("./"))
        .forEach(parts -> mounted.put(parts[1], parts[0]));
    return mounted;
  }

  private static boolean ends(JsonNode service) {
    return service.path("restart").asText().equals("no");
  }

  private static int exitCode(Path folder, String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
          .directory(folder.toFile())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException notInstalled) {
      return -1;
    }
  }

  private static Map<String, String> settings(String service) {
    Map<String, String> settings = new TreeMap<>();
    for (Map.Entry<String, JsonNode> variable :
        services.get(service).get("environment").properties()) {
      String value = variable.getValue().textValue();
      // What .env has in its place is as long.
      settings.put(
          Settings.key(variable.getKey()), value.startsWith("${") ? "s".repeat(43) : value);
    }
    return settings;
  }
}
