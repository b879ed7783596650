package io.tokenmeter.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.connect.runtime.standalone.StandaloneConfig;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The worker of the compose file, held to Connect's own settings. */
class WorkerSettingsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static Map<String, String> settings;

  @BeforeAll
  static void read() throws IOException {
    Properties file = new Properties();
    try (Reader reader = Files.newBufferedReader(ROOT.resolve("docker/connect.properties"))) {
      file.load(reader);
    }
    settings = new TreeMap<>();
    file.stringPropertyNames().forEach(name -> settings.put(name, file.getProperty(name)));
  }

  @Test
  void connect_knows_and_takes_every_setting() {
    StandaloneConfig worker = new StandaloneConfig(settings);

    assertThat(settings.keySet())
        .hasSizeGreaterThan(8)
        .allSatisfy(
            name ->
                assertThat(worker.values().containsKey(name) || name.equals(provider()))
                    .as(name)
                    .isTrue());
  }

  @Test
  void definitions_are_given_what_they_take_from_the_environment() throws ClassNotFoundException {
    assertThat(Class.forName(settings.get(provider())).getSimpleName())
        .isEqualTo("EnvVarConfigProvider");
  }

  @Test
  void plugins_are_where_the_image_has_them() throws IOException {
    assertThat(Files.readString(ROOT.resolve("Dockerfile")))
        .contains("/src/connectors/target/postgresql-sink " + settings.get("plugin.path") + "\n")
        .contains("/src/connectors/target/plugins " + settings.get("plugin.path") + "\n");
  }

  private static String provider() {
    return "config.providers." + settings.get("config.providers") + ".class";
  }
}
