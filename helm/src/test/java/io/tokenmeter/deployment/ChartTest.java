package io.tokenmeter.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChartTest {
  private static Release release;

  @BeforeAll
  static void render() {
    release = Release.of("{}");
  }

  @Test
  void passes_a_strict_lint() {
    assertThat(Chart.lint().isFailed()).as(String.join("\n", Chart.lint().getMessages())).isFalse();
  }

  @Test
  void makes_these_resources_and_no_others() {
    assertThat(release.resources())
        .extracting(resource -> resource.getKind() + " " + resource.getMetadata().getName())
        .containsExactlyInAnyOrder(
            "ConfigMap r-tokenmeter",
            "ConfigMap r-tokenmeter-hooks",
            "Job r-tokenmeter-topics",
            "Deployment r-tokenmeter-measure",
            "StatefulSet r-tokenmeter-ledger",
            "Service r-tokenmeter-measure",
            "Service r-tokenmeter-ledger",
            "Service r-tokenmeter",
            "PodDisruptionBudget r-tokenmeter-measure",
            "PodDisruptionBudget r-tokenmeter-ledger");
  }

  @Test
  void a_misspelt_field_would_be_found() throws IOException {
    String misspelt =
        Chart.render("{measure: {keda: {enabled: true}}}")
            .replace("terminationGracePeriodSeconds:", "terminationGraceSeconds:")
            .replace("minReplicaCount:", "minReplicas:");

    assertThat(UnknownFields.in(Chart.parse(misspelt)))
        .hasSize(3)
        .contains(
            "Deployment.Spec.Template.Spec.terminationGraceSeconds",
            "StatefulSet.Spec.Template.Spec.terminationGraceSeconds")
        .anyMatch(flaw -> flaw.contains("minReplicas"));
  }

  @Test
  void ledger_pods_have_names_of_their_own_and_advertise_them() {
    Service headless = release.only(Service.class, "r-tokenmeter-ledger");
    StatefulSet ledger = release.ledger();

    assertThat(headless.getSpec().getClusterIP()).isEqualTo("None");
    assertThat(ledger.getSpec().getServiceName()).isEqualTo("r-tokenmeter-ledger");
    assertThat(Release.container(ledger.getSpec().getTemplate()).getArgs())
        .contains(
            "http.advertised=$(POD_NAME).r-tokenmeter-ledger.n.svc:8080",
            "group.instance.id=$(POD_NAME)");
  }

  @Test
  void ledger_keeps_its_state_on_a_claimed_volume() {
    assertThat(release.ledger().getSpec().getVolumeClaimTemplates())
        .singleElement()
        .satisfies(
            claim -> {
              assertThat(claim.getMetadata().getName()).isEqualTo("state");
              assertThat(claim.getSpec().getResources().getRequests().get("storage").toString())
                  .isEqualTo("10Gi");
            });
    assertThat(Release.container(release.ledger().getSpec().getTemplate()).getVolumeMounts())
        .filteredOn(mount -> mount.getName().equals("state"))
        .extracting("mountPath")
        .containsExactly(
            release.settings(release.ledger().getSpec().getTemplate()).get("state.dir"));
  }

  @Test
  void restoring_holds_back_readiness_and_never_liveness() {
    for (PodTemplateSpec stage : release.stages()) {
      assertThat(Release.container(stage).getLivenessProbe().getHttpGet().getPath())
          .isEqualTo("/healthz");
      assertThat(Release.container(stage).getStartupProbe().getHttpGet().getPath())
          .isEqualTo("/healthz");
      assertThat(Release.container(stage).getReadinessProbe().getHttpGet().getPath())
          .isEqualTo("/readyz");
    }
  }

  @Test
  void a_backslash_and_an_equals_sign_reach_the_application_as_they_were_written() {
    assertThat(
            Release.of("{config: {kafka.client.rack: 'x=\"a\\b=c\";'}}").properties("r-tokenmeter"))
        .containsEntry("kafka.client.rack", "x=\"a\\b=c\";");
  }

  @Test
  void a_secret_is_taken_as_variables_by_every_container() {
    assertThat(Release.of("{existingSecret: access}").pods())
        .hasSize(3)
        .allSatisfy(
            (name, pod) ->
                assertThat(Release.container(pod).getEnvFrom())
                    .singleElement()
                    .satisfies(
                        from -> assertThat(from.getSecretRef().getName()).isEqualTo("access")));
  }

  @Test
  void topics_are_left_alone_where_another_tool_makes_them() {
    assertThat(Release.of("{topics: {create: false}}").all(Job.class)).isEmpty();
  }

  @Test
  void books_are_published_from_values_with_the_reason_for_a_correction() {
    Release books = Release.of("{books: {files: {a.yaml: 'book: a'}, correct: it was wrong}}");

    assertThat(books.only(ConfigMap.class, "r-tokenmeter-books").getData())
        .isEqualTo(Map.of("a.yaml", "book: a"));
    assertThat(Release.container(books.pods().get("r-tokenmeter-books")).getArgs())
        .containsExactly(
            "prices",
            "apply",
            "/etc/tokenmeter-books",
            "--correct",
            "it was wrong",
            "--config",
            "/etc/tokenmeter/tokenmeter.properties");
  }

  @Test
  void other_settings_start_other_pods() {
    StatefulSet changed =
        Release.of("{config: {dedupe.horizon: 35d}, ledger: {replicas: 3}}").ledger();

    assertThat(changed.getSpec().getReplicas()).isEqualTo(3);
    assertThat(changed.getSpec().getTemplate().getMetadata().getAnnotations())
        .isNotEqualTo(release.ledger().getSpec().getTemplate().getMetadata().getAnnotations());
  }

  @Test
  void whoever_scales_measure_is_the_only_one() {
    Release scaled = Release.of("{measure: {autoscaling: {enabled: true, cpuPercent: 55}}}");
    HorizontalPodAutoscaler scaler =
        scaled.only(HorizontalPodAutoscaler.class, "r-tokenmeter-measure");

    assertThat(scaled.measure().getSpec().getReplicas()).isNull();
    assertThat(scaler.getSpec().getScaleTargetRef().getName())
        .isEqualTo(scaled.measure().getMetadata().getName());
    assertThat(scaler.getSpec().getMetrics().get(0).getResource().getTarget())
        .extracting("averageUtilization")
        .isEqualTo(55);
  }

  @Test
  void keda_watches_the_group_that_measure_reads_with() throws IOException {
    String manifests =
        Chart.render(
            "{config: {application.id.prefix: eu}, measure: {keda: {enabled: true, lagThreshold: 7}}}");

    assertThat(manifests).contains("consumerGroup: eu-measure", "lagThreshold: \"7\"");
    assertThat(new Release(Chart.parse(manifests)).measure().getSpec().getReplicas()).isNull();
  }

  @Test
  void a_rebuilt_ledger_takes_over_and_measure_keeps_its_group() {
    Release taken = Release.of("{ledger: {idPrefix: rebuilt}}");

    assertThat(taken.settings(taken.ledger().getSpec().getTemplate()))
        .containsEntry("application.id.prefix", "rebuilt");
    assertThat(taken.settings(taken.measure().getSpec().getTemplate()))
        .doesNotContainKey("application.id.prefix");
  }

  @Test
  void tls_and_a_login_become_settings_of_the_clients() {
    Release secured =
        Release.of(
            "{kafka: {tls: {enabled: true, existingSecret: ca, clientCertificate: true},"
                + " sasl: {mechanism: SCRAM-SHA-512, existingSecret: login}}}");

    assertThat(secured.settings(secured.ledger().getSpec().getTemplate()))
        .containsEntry("kafka.security.protocol", "SASL_SSL")
        .containsEntry("kafka.sasl.mechanism", "SCRAM-SHA-512")
        .containsEntry("kafka.ssl.truststore.location", "/etc/tokenmeter-tls/kafka/ca.crt")
        .containsKeys(
            "kafka.sasl.jaas.config",
            "kafka.ssl.keystore.key",
            "kafka.ssl.keystore.certificate.chain");
  }

  @Test
  void a_network_policy_lets_nobody_in_that_is_not_named() {
    Release closed = Release.of("{networkPolicy: {enabled: true}}");

    assertThat(closed.only(NetworkPolicy.class, "r-tokenmeter-measure").getSpec().getIngress())
        .isNullOrEmpty();
    assertThat(closed.only(NetworkPolicy.class, "r-tokenmeter-ledger").getSpec().getIngress())
        .singleElement()
        .satisfies(
            rule ->
                assertThat(rule.getFrom())
                    .singleElement()
                    .satisfies(
                        peer ->
                            assertThat(peer.getPodSelector().getMatchLabels())
                                .containsEntry("app.kubernetes.io/component", "ledger")));
  }

  @Test
  void alerts_and_dashboard_are_those_of_the_monitoring_folder() throws IOException {
    Release watched =
        Release.of("{monitoring: {rules: {enabled: true}, dashboard: {enabled: true}}}");
    JsonNode alerts = new YAMLMapper().readTree(Project.text("monitoring/alerts.yml"));
    ObjectMapper json = new ObjectMapper();

    assertThat(
            json.<JsonNode>valueToTree(
                watched.all("PrometheusRule").get(0).getAdditionalProperties().get("spec")))
        .isEqualTo(alerts);
    assertThat(
            json.readTree(
                watched
                    .only(ConfigMap.class, "r-tokenmeter-dashboard")
                    .getData()
                    .get("tokenmeter.json")))
        .isEqualTo(json.readTree(Project.text("monitoring/dashboard.json")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{measure: {autoscaling: {enabled: true}, keda: {enabled: true}}} | switch one off",
        "{kafka: {sasl: {mechanism: PLAIN}}}                    | name the Secret with the login",
        "{kafka: {tls: {existingSecret: ca}}}                   | switch it on or name no Secret",
        "{kafka: {tls: {enabled: true, clientCertificate: true}}} | name the Secret with the",
        "{kafka: {tls: {enabled: true}}, config: {kafka.security.protocol: SSL}} | remove it from",
        "{books: {files: {a.yaml: b}, existingConfigMap: c}}    | put all books into one of them",
        "{monitoring: {serviceMonitor: {enabled: true}}}        | set config http.metrics to open",
      })
  void values_that_contradict_each_other_are_refused_with_the_next_step(
      String values, String step) {
    assertThatThrownBy(() -> Chart.render(values)).hasMessageContaining(step);
  }
}
