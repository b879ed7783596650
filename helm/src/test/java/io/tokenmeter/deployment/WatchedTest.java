package io.tokenmeter.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tokenmeter.query.QueryServer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/**
 * Prometheus and Grafana of the compose file: they find each other, the instances and their files.
 */
class WatchedTest {
  private static JsonNode services;

  @BeforeAll
  static void read() throws IOException {
    services =
        new ObjectMapper()
            .valueToTree(new Yaml().<Object>load(Project.text("docker-compose.yml")))
            .get("services");
  }

  @Test
  void prometheus_scrapes_every_instance_where_it_answers() throws IOException {
    JsonNode settings = yaml("docker/prometheus.yml");
    JsonNode paths;
    try (InputStream description = QueryServer.class.getResourceAsStream("openapi.json")) {
      paths = new ObjectMapper().readTree(description).get("paths");
    }

    assertThat(settings.at("/scrape_configs/0/metrics_path").textValue())
        .satisfies(path -> assertThat(paths.has(path)).isTrue());
    List<String> targets = new ArrayList<>();
    settings
        .at("/scrape_configs/0/static_configs/0/targets")
        .forEach(target -> targets.add(target.textValue()));
    List<String> instances = new ArrayList<>();
    for (Map.Entry<String, JsonNode> service : services.properties()) {
      JsonNode environment = service.getValue().path("environment");
      if (environment.has("TOKENMETER_HTTP_ADVERTISED")) {
        instances.add(environment.get("TOKENMETER_HTTP_ADVERTISED").textValue());
        assertThat(environment.path("TOKENMETER_HTTP_METRICS").textValue()).isEqualTo("open");
      }
    }
    assertThat(targets).containsExactlyElementsOf(instances);
  }

  @Test
  void prometheus_watches_the_alerts() throws IOException {
    assertThat(ComposeTest.mounted(services.get("prometheus")))
        .containsEntry(
            yaml("docker/prometheus.yml").at("/rule_files/0").textValue(),
            "./monitoring/alerts.yml")
        .containsEntry("/etc/prometheus/prometheus.yml", "./docker/prometheus.yml");
  }

  @Test
  void grafana_asks_prometheus_and_shows_the_dashboard() throws IOException {
    Map<String, String> mounted = ComposeTest.mounted(services.get("grafana"));
    String folder =
        yaml("docker/grafana/dashboards.yml").at("/providers/0/options/path").textValue();
    JsonNode source = yaml("docker/grafana/datasources.yml").at("/datasources/0");
    JsonNode dashboard = new ObjectMapper().readTree(Project.text("monitoring/dashboard.json"));

    assertThat(source.get("url").textValue()).isEqualTo("http://prometheus:9090");
    // The dashboard takes any source of a type, and there is one of it.
    assertThat(source.get("type")).isEqualTo(dashboard.at("/templating/list/0/query"));
    assertThat(mounted)
        .containsEntry(folder + "/tokenmeter.json", "./monitoring/dashboard.json")
        .containsEntry(
            "/etc/grafana/provisioning/datasources/tokenmeter.yml",
            "./docker/grafana/datasources.yml")
        .containsEntry(
            "/etc/grafana/provisioning/dashboards/tokenmeter.yml",
            "./docker/grafana/dashboards.yml");
    assertThat(
            services
                .get("grafana")
                .at("/environment/GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH")
                .textValue())
        .isEqualTo(folder + "/tokenmeter.json");
  }

  private static JsonNode yaml(String name) throws IOException {
    return new YAMLMapper().readTree(Project.file(name).toFile());
  }
}
