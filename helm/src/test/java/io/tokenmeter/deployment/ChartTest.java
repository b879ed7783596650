package io.tokenmeter.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.tokenmeter.app.TokenmeterConfig;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ChartTest {
  private static List<HasMetadata> resources;
  private static Deployment measure;
  private static StatefulSet ledger;

  @BeforeAll
  static void render() throws IOException {
    resources = Chart.parse(Chart.render("{}"));
    measure = Chart.only(resources, Deployment.class, "r-tokenmeter-measure");
    ledger = Chart.only(resources, StatefulSet.class, "r-tokenmeter-ledger");
  }

  @Test
  void passes_a_strict_lint() {
    assertThat(Chart.lint().isFailed()).as(String.join("\n", Chart.lint().getMessages())).isFalse();
  }

  @Test
  void makes_these_resources_and_no_others() {
    assertThat(resources)
        .extracting(resource -> resource.getKind() + " " + resource.getMetadata().getName())
        .containsExactlyInAnyOrder(
            "ConfigMap r-tokenmeter",
            "Deployment r-tokenmeter-measure",
            "StatefulSet r-tokenmeter-ledger",
            "Service r-tokenmeter-ledger",
            "Service r-tokenmeter",
            "PodDisruptionBudget r-tokenmeter-ledger");
  }

  @Test
  void sets_only_fields_that_kubernetes_knows() {
    assertThat(UnknownFields.in(resources)).isEmpty();
  }

  @Test
  void a_misspelt_field_would_be_found() throws IOException {
    String misspelt =
        Chart.render("{}").replace("terminationGracePeriodSeconds:", "terminationGraceSeconds:");

    assertThat(UnknownFields.in(Chart.parse(misspelt)))
        .containsExactlyInAnyOrder(
            "Deployment.Spec.Template.Spec.terminationGraceSeconds",
            "StatefulSet.Spec.Template.Spec.terminationGraceSeconds");
  }

  @Test
  void selectors_match_the_pods_of_their_stage_and_of_no_other() {
    Map<String, String> measurePods = measure.getSpec().getTemplate().getMetadata().getLabels();
    Map<String, String> ledgerPods = ledger.getSpec().getTemplate().getMetadata().getLabels();

    assertThat(measurePods).containsAllEntriesOf(measure.getSpec().getSelector().getMatchLabels());
    for (Map<String, String> selector :
        List.of(
            ledger.getSpec().getSelector().getMatchLabels(),
            Chart.only(resources, Service.class, "r-tokenmeter").getSpec().getSelector(),
            Chart.only(resources, Service.class, "r-tokenmeter-ledger").getSpec().getSelector(),
            Chart.only(resources, PodDisruptionBudget.class, "r-tokenmeter-ledger")
                .getSpec()
                .getSelector()
                .getMatchLabels())) {
      assertThat(ledgerPods).containsAllEntriesOf(selector);
      assertThat(measurePods.entrySet().containsAll(selector.entrySet())).isFalse();
    }
  }

  @Test
  void ledger_pods_have_names_of_their_own_and_advertise_them() {
    Service headless = Chart.only(resources, Service.class, "r-tokenmeter-ledger");

    assertThat(headless.getSpec().getClusterIP()).isEqualTo("None");
    assertThat(ledger.getSpec().getServiceName()).isEqualTo("r-tokenmeter-ledger");
    assertThat(container(ledger.getSpec().getTemplate()).getArgs())
        .contains("http.advertised=$(POD_NAME).r-tokenmeter-ledger.n.svc:8080");
  }

  @Test
  void ledger_keeps_its_state_on_a_claimed_volume() {
    assertThat(ledger.getSpec().getVolumeClaimTemplates())
        .singleElement()
        .satisfies(
            claim -> {
              assertThat(claim.getMetadata().getName()).isEqualTo("state");
              assertThat(claim.getSpec().getResources().getRequests().get("storage").toString())
                  .isEqualTo("10Gi");
            });
    assertThat(settings(ledger.getSpec().getTemplate()))
        .containsEntry("state.dir", mountPath(ledger.getSpec().getTemplate(), "state"));
  }

  @Test
  void every_volume_that_is_mounted_exists() {
    PodTemplateSpec stateful = ledger.getSpec().getTemplate();
    Set<String> claimed = new HashSet<>(volumes(stateful));
    ledger
        .getSpec()
        .getVolumeClaimTemplates()
        .forEach(claim -> claimed.add(claim.getMetadata().getName()));

    assertThat(mounts(stateful)).isEqualTo(claimed);
    assertThat(mounts(measure.getSpec().getTemplate()))
        .isEqualTo(volumes(measure.getSpec().getTemplate()));
  }

  @Test
  void no_container_is_root_or_can_become_it_or_writes_to_its_image() {
    for (PodTemplateSpec template : templates()) {
      assertThat(template.getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
      assertThat(template.getSpec().getSecurityContext().getRunAsUser()).isPositive();
      assertThat(template.getSpec().getAutomountServiceAccountToken()).isFalse();
      assertThat(containers(template.getSpec()))
          .hasSize(2)
          .allSatisfy(
              container -> {
                assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
                assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
                assertThat(container.getSecurityContext().getCapabilities().getDrop())
                    .containsExactly("ALL");
              });
    }
  }

  @Test
  void restoring_holds_back_readiness_and_never_liveness() {
    for (PodTemplateSpec template : templates()) {
      Container container = container(template);
      assertThat(path(container.getLivenessProbe())).isEqualTo("/healthz");
      assertThat(path(container.getStartupProbe())).isEqualTo("/healthz");
      assertThat(path(container.getReadinessProbe())).isEqualTo("/readyz");
      assertThat(container.getPorts())
          .singleElement()
          .satisfies(port -> assertThat(port.getName()).isEqualTo("http"));
    }
  }

  @Test
  void the_application_takes_all_settings_that_its_pods_get() {
    assertThat(TokenmeterConfig.of(settings(measure.getSpec().getTemplate())).httpListen())
        .hasToString("0.0.0.0:8080");
    assertThat(TokenmeterConfig.of(settings(ledger.getSpec().getTemplate())).standbyReplicas())
        .isOne();
  }

  @Test
  void a_backslash_and_an_equals_sign_reach_the_application_as_they_were_written()
      throws IOException {
    List<HasMetadata> rendered =
        Chart.parse(Chart.render("{config: {kafka.sasl.jaas.config: 'x password=\"a\\b=c\";'}}"));

    assertThat(properties(rendered))
        .containsEntry("kafka.sasl.jaas.config", "x password=\"a\\b=c\";");
  }

  @Test
  void a_secret_is_taken_as_variables_by_every_container() throws IOException {
    List<HasMetadata> rendered = Chart.parse(Chart.render("{secretName: kafka-login}"));

    assertThat(
            Stream.of(
                    Chart.only(rendered, Deployment.class, "r-tokenmeter-measure")
                        .getSpec()
                        .getTemplate(),
                    Chart.only(rendered, StatefulSet.class, "r-tokenmeter-ledger")
                        .getSpec()
                        .getTemplate())
                .flatMap(template -> containers(template.getSpec()).stream()))
        .hasSize(4)
        .allSatisfy(
            container ->
                assertThat(container.getEnvFrom())
                    .singleElement()
                    .satisfies(
                        from ->
                            assertThat(from.getSecretRef().getName()).isEqualTo("kafka-login")));
  }

  @Test
  void topics_are_left_alone_where_another_tool_makes_them() throws IOException {
    List<HasMetadata> rendered = Chart.parse(Chart.render("{createTopics: false}"));

    assertThat(
            Chart.only(rendered, StatefulSet.class, "r-tokenmeter-ledger")
                .getSpec()
                .getTemplate()
                .getSpec()
                .getInitContainers())
        .isEmpty();
  }

  @Test
  void other_settings_start_other_pods() throws IOException {
    List<HasMetadata> rendered =
        Chart.parse(Chart.render("{config: {dedupe.horizon: 35d}, ledger: {replicas: 3}}"));
    StatefulSet changed = Chart.only(rendered, StatefulSet.class, "r-tokenmeter-ledger");

    assertThat(changed.getSpec().getReplicas()).isEqualTo(3);
    assertThat(changed.getSpec().getTemplate().getMetadata().getAnnotations())
        .isNotEqualTo(ledger.getSpec().getTemplate().getMetadata().getAnnotations());
  }

  private static List<PodTemplateSpec> templates() {
    return List.of(measure.getSpec().getTemplate(), ledger.getSpec().getTemplate());
  }

  private static List<Container> containers(PodSpec pod) {
    return Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream()).toList();
  }

  private static Set<String> volumes(PodTemplateSpec template) {
    return template.getSpec().getVolumes().stream()
        .map(Volume::getName)
        .collect(Collectors.toSet());
  }

  private static Set<String> mounts(PodTemplateSpec template) {
    return containers(template.getSpec()).stream()
        .flatMap(container -> container.getVolumeMounts().stream())
        .map(VolumeMount::getName)
        .collect(Collectors.toSet());
  }

  private static Container container(PodTemplateSpec template) {
    assertThat(template.getSpec().getContainers()).hasSize(1);
    return template.getSpec().getContainers().get(0);
  }

  private static String path(Probe probe) {
    assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("http");
    return probe.getHttpGet().getPath();
  }

  private static String mountPath(PodTemplateSpec template, String volume) {
    return container(template).getVolumeMounts().stream()
        .filter(mount -> mount.getName().equals(volume))
        .map(VolumeMount::getMountPath)
        .collect(Collectors.joining());
  }

  /** What an instance would read: the file, and what its arguments set over it. */
  private static Map<String, String> settings(PodTemplateSpec template) {
    Map<String, String> settings = properties(resources);
    List<String> arguments = container(template).getArgs();
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i).equals("--set")) {
        // Kubernetes puts the pod's name in; any name will do here.
        String[] pair = arguments.get(i + 1).replace("$(POD_NAME)", "ledger-0").split("=", 2);
        settings.put(pair[0], pair[1]);
      }
    }
    return settings;
  }

  private static Map<String, String> properties(List<HasMetadata> rendered) {
    Properties properties = new Properties();
    String file =
        Chart.only(rendered, ConfigMap.class, "r-tokenmeter")
            .getData()
            .get("tokenmeter.properties");
    try {
      properties.load(new StringReader(file));
    } catch (IOException e) {
      throw new IllegalStateException("a string can't fail to be read", e);
    }
    Map<String, String> settings = new TreeMap<>();
    properties.stringPropertyNames().forEach(k -> settings.put(k, properties.getProperty(k)));
    return settings;
  }
}
