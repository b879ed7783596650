package io.tokenmeter.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.tokenmeter.app.TokenmeterConfig;
import io.tokenmeter.query.QueryServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every set of values: those of {@code ci/}, and none. */
class ChartSetsTest {
  private static final Path SETS = Chart.FOLDER.resolve("ci");

  private static Map<String, String> values;
  private static Map<String, Release> releases;
  private static Set<String> routes;

  @BeforeAll
  static void render() throws IOException {
    values = new TreeMap<>(Map.of("none", "{}"));
    try (Stream<Path> files = Files.list(SETS)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        values.put(name.replace("-values.yaml", ""), Files.readString(file));
      }
    }
    releases = new TreeMap<>();
    values.forEach((name, set) -> releases.put(name, Release.of(set)));
    try (InputStream description = QueryServer.class.getResourceAsStream("openapi.json")) {
      JsonNode paths = new ObjectMapper().readTree(description).get("paths");
      routes = new HashSet<>();
      paths.fieldNames().forEachRemaining(routes::add);
    }
  }

  static Set<String> sets() throws IOException {
    try (Stream<Path> files = Files.list(SETS)) {
      Set<String> names =
          files
              .map(file -> file.getFileName().toString().replace("-values.yaml", ""))
              .collect(Collectors.toSet());
      assertThat(names).hasSizeGreaterThanOrEqualTo(5);
      names.add("none");
      return names;
    }
  }

  @ParameterizedTest
  @MethodSource("sets")
  void only_fields_are_set_that_are_known(String set) {
    assertThat(UnknownFields.in(releases.get(set).resources())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("sets")
  void a_kind_has_each_name_once(String set) {
    assertThat(releases.get(set).resources())
        .extracting(resource -> resource.getKind() + " " + resource.getMetadata().getName())
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("sets")
  void a_selector_matches_the_pods_of_its_stage_and_of_no_other(String set) {
    Release release = releases.get(set);
    Map<String, Map<String, String>> selectors = new TreeMap<>();
    release.all(Service.class).forEach(s -> selectors.put(named(s), s.getSpec().getSelector()));
    release
        .all(PodDisruptionBudget.class)
        .forEach(b -> selectors.put(named(b), b.getSpec().getSelector().getMatchLabels()));
    release
        .all(NetworkPolicy.class)
        .forEach(p -> selectors.put(named(p), p.getSpec().getPodSelector().getMatchLabels()));
    selectors.put("measure", release.measure().getSpec().getSelector().getMatchLabels());
    selectors.put("ledger", release.ledger().getSpec().getSelector().getMatchLabels());

    selectors.forEach(
        (name, selector) ->
            assertThat(podsWith(release, selector))
                .as(name)
                .containsExactly(name.contains("measure") ? "measure" : "ledger"));
    release
        .stages()
        .forEach(
            pod ->
                assertThat(pod.getSpec().getTopologySpreadConstraints())
                    .hasSize(2)
                    .allSatisfy(
                        spread ->
                            assertThat(pod.getMetadata().getLabels())
                                .containsAllEntriesOf(spread.getLabelSelector().getMatchLabels())));
  }

  @ParameterizedTest
  @MethodSource("sets")
  void a_monitor_finds_each_pod_through_one_service(String set) {
    Release release = releases.get(set);
    for (GenericKubernetesResource monitor : release.all("ServiceMonitor")) {
      Map<String, String> wanted = monitor.get("spec", "selector", "matchLabels");
      List<Map<String, Object>> endpoints = monitor.get("spec", "endpoints");

      assertThat(
              release.all(Service.class).stream()
                  .filter(
                      s -> s.getMetadata().getLabels().entrySet().containsAll(wanted.entrySet()))
                  .map(service -> podsWith(release, service.getSpec().getSelector())))
          .containsExactlyInAnyOrder(List.of("measure"), List.of("ledger"));
      assertThat(endpoints)
          .singleElement()
          .satisfies(
              endpoint -> {
                assertThat(routes).contains(String.valueOf(endpoint.get("path")));
                assertThat(endpoint)
                    .containsEntry("scheme", scheme(release).toLowerCase(Locale.ROOT));
              });
    }
  }

  @ParameterizedTest
  @MethodSource("sets")
  void probes_ask_what_the_application_answers(String set) {
    Release release = releases.get(set);
    for (PodTemplateSpec pod : release.stages()) {
      Container container = Release.container(pod);
      for (Probe probe :
          List.of(
              container.getStartupProbe(),
              container.getLivenessProbe(),
              container.getReadinessProbe())) {
        assertThat(routes).contains(probe.getHttpGet().getPath());
        assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("http");
        assertThat(probe.getHttpGet().getScheme()).isEqualTo(scheme(release));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sets")
  void ports_are_the_one_that_is_listened_on(String set) {
    Release release = releases.get(set);
    for (PodTemplateSpec pod : release.stages()) {
      assertThat(Release.container(pod).getPorts())
          .singleElement()
          .satisfies(
              port -> {
                assertThat(port.getName()).isEqualTo("http");
                assertThat(release.settings(pod).get("http.listen"))
                    .endsWith(":" + port.getContainerPort());
              });
    }
    for (Service service : release.all(Service.class)) {
      assertThat(service.getSpec().getPorts())
          .singleElement()
          .satisfies(port -> assertThat(port.getTargetPort().getStrVal()).isEqualTo("http"));
    }
    assertThat(release.settings(release.ledger().getSpec().getTemplate()).get("http.advertised"))
        .isEqualTo("ledger-0.r-tokenmeter-ledger.n.svc:8080");
  }

  @ParameterizedTest
  @MethodSource("sets")
  void the_application_and_its_clients_take_every_setting(String set) {
    Release release = releases.get(set);
    release
        .pods()
        .forEach(
            (name, pod) -> {
              TokenmeterConfig config = TokenmeterConfig.of(release.settings(pod));
              assertThat(config.bootstrapServers()).as(name).isNotEmpty();
              assertThat(config.kafka().keySet())
                  .as(name)
                  .allSatisfy(key -> assertThat(isKnownToClients(key)).as(key).isTrue());
            });
  }

  @ParameterizedTest
  @MethodSource("sets")
  void what_is_mounted_exists_and_what_exists_is_mounted(String set) {
    Release release = releases.get(set);
    release
        .pods()
        .forEach(
            (name, pod) -> {
              Set<String> there =
                  pod.getSpec().getVolumes().stream()
                      .map(Volume::getName)
                      .collect(Collectors.toSet());
              if (name.equals("ledger")) {
                release
                    .ledger()
                    .getSpec()
                    .getVolumeClaimTemplates()
                    .forEach(claim -> there.add(claim.getMetadata().getName()));
              }
              assertThat(mounts(pod)).as(name).containsExactlyInAnyOrderElementsOf(there);
            });
  }

  @ParameterizedTest
  @MethodSource("sets")
  void files_that_settings_name_are_mounted(String set) {
    Release release = releases.get(set);
    release
        .pods()
        .forEach(
            (name, pod) ->
                release
                    .settings(pod)
                    .forEach(
                        (key, value) -> {
                          if (value.startsWith("/etc/")) {
                            assertThat(Release.container(pod).getVolumeMounts())
                                .as(name + " " + key)
                                .anyMatch(m -> value.startsWith(m.getMountPath() + "/"));
                          }
                        }));
  }

  @ParameterizedTest
  @MethodSource("sets")
  void a_secret_is_one_that_the_values_name_and_a_config_map_one_that_is_made(String set) {
    Release release = releases.get(set);
    Set<String> made =
        release.all(ConfigMap.class).stream()
            .map(map -> map.getMetadata().getName())
            .collect(Collectors.toSet());
    release
        .pods()
        .values()
        .forEach(
            pod -> {
              secrets(pod).forEach(secret -> assertThat(values.get(set)).contains(secret));
              pod.getSpec().getVolumes().stream()
                  .filter(volume -> volume.getConfigMap() != null)
                  .map(volume -> volume.getConfigMap().getName())
                  .filter(name -> !values.get(set).contains("existingConfigMap: " + name))
                  .forEach(name -> assertThat(made).contains(name));
            });
  }

  @ParameterizedTest
  @MethodSource("sets")
  void what_a_job_needs_is_made_before_it(String set) {
    Release release = releases.get(set);
    Map<String, Integer> weights = new TreeMap<>();
    release
        .resources()
        .forEach(
            r -> {
              Map<String, String> notes = r.getMetadata().getAnnotations();
              if (notes != null && notes.containsKey(Chart.HOOK)) {
                assertThat(notes.get(Chart.HOOK)).isEqualTo("pre-install,pre-upgrade");
                weights.put(named(r), Integer.parseInt(notes.get(Chart.HOOK + "-weight")));
              }
            });
    weights.forEach(
        (name, weight) -> {
          if (name.equals("Job r-tokenmeter-topics")) {
            assertThat(weights.get("ConfigMap r-tokenmeter-hooks")).isLessThan(weight);
          } else if (name.equals("Job r-tokenmeter-books")) {
            assertThat(weights.get("ConfigMap r-tokenmeter-hooks")).isLessThan(weight);
            assertThat(weights.getOrDefault("ConfigMap r-tokenmeter-books", Integer.MIN_VALUE))
                .isLessThan(weight);
            assertThat(weights.getOrDefault("Job r-tokenmeter-topics", Integer.MIN_VALUE))
                .isLessThan(weight);
          } else {
            assertThat(name).startsWith("ConfigMap ");
          }
        });
  }

  @ParameterizedTest
  @MethodSource("sets")
  void no_container_is_root_or_can_become_it_or_writes_to_its_image(String set) {
    releases
        .get(set)
        .pods()
        .forEach(
            (name, pod) -> {
              assertThat(pod.getSpec().getSecurityContext().getRunAsNonRoot()).as(name).isTrue();
              assertThat(pod.getSpec().getSecurityContext().getRunAsUser()).isPositive();
              assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
              Container container = Release.container(pod);
              assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
              assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
              assertThat(container.getSecurityContext().getCapabilities().getDrop())
                  .containsExactly("ALL");
            });
  }

  @ParameterizedTest
  @MethodSource("sets")
  void it_is_given_the_time_that_it_needs(String set) {
    Release release = releases.get(set);
    for (PodTemplateSpec pod : release.stages()) {
      TokenmeterConfig config = TokenmeterConfig.of(release.settings(pod));
      Probe start = Release.container(pod).getStartupProbe();

      assertThat((long) start.getPeriodSeconds() * start.getFailureThreshold())
          .isGreaterThan(config.startupTimeout().toSeconds());
      // It drains for 5 seconds and gives each application 10 to close.
      assertThat(pod.getSpec().getTerminationGracePeriodSeconds())
          .isGreaterThan(15 + config.commitInterval().toSeconds());
    }
  }

  private static boolean isKnownToClients(String key) {
    return ConsumerConfig.configNames().contains(key)
        || ProducerConfig.configNames().contains(key)
        || AdminClientConfig.configNames().contains(key);
  }

  private static String scheme(Release release) {
    return release
            .settings(release.ledger().getSpec().getTemplate())
            .containsKey("http.tls.certificate")
        ? "HTTPS"
        : "HTTP";
  }

  private static List<String> podsWith(Release release, Map<String, String> selector) {
    assertThat(selector).isNotEmpty();
    return release.pods().entrySet().stream()
        .filter(
            pod ->
                pod.getValue()
                    .getMetadata()
                    .getLabels()
                    .entrySet()
                    .containsAll(selector.entrySet()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static List<String> mounts(PodTemplateSpec pod) {
    return Release.container(pod).getVolumeMounts().stream().map(VolumeMount::getName).toList();
  }

  private static List<String> secrets(PodTemplateSpec pod) {
    List<String> secrets = new ArrayList<>();
    Release.container(pod).getEnvFrom().forEach(from -> secrets.add(from.getSecretRef().getName()));
    Release.container(pod).getEnv().stream()
        .filter(variable -> variable.getValueFrom() != null)
        .filter(variable -> variable.getValueFrom().getSecretKeyRef() != null)
        .forEach(v -> secrets.add(v.getValueFrom().getSecretKeyRef().getName()));
    pod.getSpec().getVolumes().stream()
        .filter(volume -> volume.getSecret() != null)
        .forEach(volume -> secrets.add(volume.getSecret().getSecretName()));
    return secrets;
  }

  private static String named(HasMetadata resource) {
    return resource.getKind() + " " + resource.getMetadata().getName();
  }
}
