package io.tokenmeter.deployment;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** The chart, linted and rendered by Helm itself. */
final class Chart {
  static final Path FOLDER = Project.file("helm/tokenmeter");

  /** The oldest that the chart says it runs on. */
  private static final String KUBERNETES = "1.27.0";

  /**
   * What marks a hook in what is rendered here. Helm keeps hooks apart from the rest and its
   * library doesn't show them, so that they are rendered under another name.
   */
  static final String HOOK = "tokenmeter.test/hook";

  private static final Path RENDERED = copy();

  private Chart() {}

  static LintResult lint() {
    return new Helm(FOLDER).lint().strict().call();
  }

  /**
   * Renders the chart as release {@code r} in namespace {@code n}.
   *
   * @param values YAML laid over the chart's own values
   */
  static String render(String values) throws IOException {
    Path file = Files.createTempFile("values", ".yaml");
    try {
      Files.writeString(file, values);
      return new Helm(RENDERED)
          .template()
          .withName("r")
          .withNamespace("n")
          .withKubeVersion(KUBERNETES)
          .withValuesFile(file)
          .call();
    } finally {
      Files.delete(file);
    }
  }

  static List<HasMetadata> parse(String manifests) {
    Object parsed =
        new KubernetesSerialization()
            .unmarshal(new ByteArrayInputStream(manifests.getBytes(StandardCharsets.UTF_8)));
    Collection<?> items =
        parsed instanceof KubernetesResourceList<?> list
            ? list.getItems()
            : parsed instanceof Collection<?> several ? several : List.of(parsed);
    List<HasMetadata> resources = new ArrayList<>();
    items.forEach(item -> resources.add((HasMetadata) item));
    return resources;
  }

  /** The only resource of a type and name. */
  static <T extends HasMetadata> T only(List<HasMetadata> resources, Class<T> type, String name) {
    return resources.stream()
        .filter(type::isInstance)
        .map(type::cast)
        .filter(resource -> resource.getMetadata().getName().equals(name))
        .reduce(
            (one, other) -> {
              throw new IllegalStateException("two " + type.getSimpleName() + "s named " + name);
            })
        .orElseThrow(() -> new IllegalStateException("no " + type.getSimpleName() + " " + name));
  }

  /** The chart as it is packed, with files in the place of links, and hooks shown. */
  private static Path copy() {
    try (Stream<Path> files = Files.walk(FOLDER, FileVisitOption.FOLLOW_LINKS)) {
      Path copy = Files.createTempDirectory("chart").resolve("tokenmeter");
      for (Path file : files.toList()) {
        Path target = copy.resolve(FOLDER.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.writeString(target, Files.readString(file).replace("helm.sh/hook", HOOK));
        }
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
