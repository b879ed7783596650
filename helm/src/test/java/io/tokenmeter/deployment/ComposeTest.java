package io.tokenmeter.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenmeter.app.TokenmeterConfig;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

class ComposeTest {
  private static JsonNode services;

  @BeforeAll
  static void read() throws IOException {
    LoaderOptions strict = new LoaderOptions();
    strict.setAllowDuplicateKeys(false);
    Object file = new Yaml(strict).load(Project.text("docker-compose.yml"));
    services = new ObjectMapper().valueToTree(file).get("services");
  }

  @Test
  void every_image_has_a_version_of_its_own() {
    assertThat(services).hasSizeGreaterThan(2);
    for (JsonNode service : services) {
      assertThat(service.get("image").textValue())
          .matches("[a-z0-9/.-]+:[0-9]+\\.[0-9]+\\.[0-9]+\\S*");
    }
  }

  @Test
  void the_application_takes_every_setting() {
    for (String service : new String[] {"topics", "tokenmeter"}) {
      Map<String, String> settings = settings(service);

      assertThat(TokenmeterConfig.of(settings).bootstrapServers()).isEqualTo("kafka:19092");
      assertThat(settings.get("schema.registry.url")).endsWith("/apis/ccompat/v7");
    }
  }

  @Test
  void every_service_that_stays_says_whether_it_is_well() {
    for (Map.Entry<String, JsonNode> service : services.properties()) {
      boolean ends = service.getValue().path("restart").asText().equals("no");
      assertThat(service.getValue().has("healthcheck"))
          .as("health check of " + service.getKey())
          .isEqualTo(!ends);
    }
  }

  @Test
  void a_service_waits_for_what_it_needs_to_be_well_or_done() {
    for (JsonNode service : services) {
      for (Map.Entry<String, JsonNode> needed : service.path("depends_on").properties()) {
        JsonNode other = services.get(needed.getKey());
        assertThat(other).as(needed.getKey()).isNotNull();
        assertThat(needed.getValue().get("condition").textValue())
            .isEqualTo(
                other.has("healthcheck") ? "service_healthy" : "service_completed_successfully");
      }
    }
  }

  @Test
  void nothing_is_published_beyond_this_machine() {
    for (JsonNode service : services) {
      for (JsonNode port : service.path("ports")) {
        assertThat(port.textValue()).startsWith("127.0.0.1:");
      }
    }
  }

  private static Map<String, String> settings(String service) {
    Map<String, String> settings = new TreeMap<>();
    for (Map.Entry<String, JsonNode> variable :
        services.get(service).get("environment").properties()) {
      settings.put(Settings.key(variable.getKey()), variable.getValue().textValue());
    }
    return settings;
  }
}
