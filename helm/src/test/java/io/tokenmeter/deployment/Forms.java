package io.tokenmeter.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.yaml.snakeyaml.Yaml;

/**
 * Documents that are of no type of Kubernetes, held to their forms: {@code forms/} has one for each
 * kind.
 */
final class Forms {
  private Forms() {}

  /** What is wrong with a resource of an operator. */
  static List<String> flaws(GenericKubernetesResource resource) {
    String kind = resource.getKind();
    ObjectNode document = new ObjectMapper().valueToTree(resource);
    // Kubernetes' own.
    document.remove("metadata");
    ObjectNode form = form(kind);
    if (form == null) {
      return List.of(kind + " is no kind that is known here");
    }
    String version = form.remove("apiVersion").textValue();
    if (!version.equals(resource.getApiVersion())) {
      return List.of(kind + " is of " + resource.getApiVersion() + ", not of " + version);
    }
    return flaws(document, form).stream().map(flaw -> kind + flaw).toList();
  }

  /** What is wrong with a compose file. */
  static List<String> flawsOfCompose(JsonNode file) {
    return flaws(file, form("compose"));
  }

  private static List<String> flaws(JsonNode document, JsonNode form) {
    refuseWhatItDoesNotName(form);
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
        .getSchema(form)
        .validate(document)
        .stream()
        .map(flaw -> flaw.getMessage())
        .toList();
  }

  private static ObjectNode form(String kind) {
    try (InputStream file = Forms.class.getResourceAsStream("/forms/" + kind + ".yaml")) {
      return file == null ? null : new ObjectMapper().valueToTree(new Yaml().<Object>load(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void refuseWhatItDoesNotName(JsonNode form) {
    if (form instanceof ObjectNode object
        && object.path("properties").isObject()
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
    form.forEach(Forms::refuseWhatItDoesNotName);
  }
}
