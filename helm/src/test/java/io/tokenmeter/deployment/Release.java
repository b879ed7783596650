package io.tokenmeter.deployment;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What one set of values renders to, as release {@code r}.
 *
 * @param resources all of them, parsed
 */
record Release(List<HasMetadata> resources) {
  Release {
    resources = List.copyOf(resources);
  }

  static Release of(String values) {
    try {
      return new Release(Chart.parse(Chart.render(values)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Deployment measure() {
    return only(Deployment.class, "r-tokenmeter-measure");
  }

  StatefulSet ledger() {
    return only(StatefulSet.class, "r-tokenmeter-ledger");
  }

  <T extends HasMetadata> T only(Class<T> type, String name) {
    return Chart.only(resources, type, name);
  }

  <T extends HasMetadata> List<T> all(Class<T> type) {
    return resources.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Those of a kind that Kubernetes doesn't bring. */
  List<GenericKubernetesResource> all(String kind) {
    return all(GenericKubernetesResource.class).stream()
        .filter(resource -> resource.getKind().equals(kind))
        .toList();
  }

  /** The pods of both stages. */
  List<PodTemplateSpec> stages() {
    return List.of(measure().getSpec().getTemplate(), ledger().getSpec().getTemplate());
  }

  /** The pods of both stages and of the jobs, by the name of what makes them. */
  Map<String, PodTemplateSpec> pods() {
    Map<String, PodTemplateSpec> pods = new TreeMap<>();
    pods.put("measure", measure().getSpec().getTemplate());
    pods.put("ledger", ledger().getSpec().getTemplate());
    all(Job.class).forEach(j -> pods.put(j.getMetadata().getName(), j.getSpec().getTemplate()));
    return pods;
  }

  static Container container(PodTemplateSpec pod) {
    List<Container> containers = pod.getSpec().getContainers();
    if (containers.size() != 1 || !pod.getSpec().getInitContainers().isEmpty()) {
      throw new IllegalStateException("one container is expected, not " + containers.size());
    }
    return containers.get(0);
  }

  /** What an instance would read: the file, then variables, then arguments. */
  Map<String, String> settings(PodTemplateSpec pod) {
    Map<String, String> settings = properties(settingsOf(pod));
    for (EnvVar variable : container(pod).getEnv()) {
      if (variable.getName().startsWith("TOKENMETER_")) {
        settings.put(Settings.key(variable.getName()), "from a Secret");
      }
    }
    List<String> arguments = container(pod).getArgs();
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i).equals("--set")) {
        // Kubernetes puts the pod's name in; any name will do here.
        String[] pair = arguments.get(i + 1).replace("$(POD_NAME)", "ledger-0").split("=", 2);
        settings.put(pair[0], pair[1]);
      }
    }
    return settings;
  }

  Map<String, String> properties(String configMap) {
    Properties properties = new Properties();
    try {
      properties.load(
          new StringReader(
              only(ConfigMap.class, configMap).getData().get("tokenmeter.properties")));
    } catch (IOException e) {
      throw new IllegalStateException("a string can't fail to be read", e);
    }
    Map<String, String> settings = new TreeMap<>();
    properties.stringPropertyNames().forEach(k -> settings.put(k, properties.getProperty(k)));
    return settings;
  }

  private static String settingsOf(PodTemplateSpec pod) {
    return pod.getSpec().getVolumes().stream()
        .filter(volume -> volume.getName().equals("settings"))
        .map(volume -> volume.getConfigMap().getName())
        .findFirst()
        .orElseThrow();
  }
}
