package io.tokenmeter.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * Kinds that don't come with Kubernetes, held to the definitions that their operators publish:
 * {@code definitions/} has one for each.
 */
final class Definitions {
  private Definitions() {}

  /** What is wrong with a resource that is of no type of Kubernetes. */
  static List<String> flaws(GenericKubernetesResource resource) {
    String kind = resource.getKind();
    try (InputStream file =
        Definitions.class.getResourceAsStream("/definitions/" + kind + ".yaml")) {
      if (file == null) {
        return List.of(kind + " is no kind of Kubernetes");
      }
      JsonNode definition = new YAMLMapper().readTree(file);
      String version =
          definition.at("/spec/group").textValue()
              + "/"
              + definition.at("/spec/versions/0/name").textValue();
      if (!version.equals(resource.getApiVersion())) {
        return List.of(kind + " is of " + resource.getApiVersion() + ", not of " + version);
      }
      return flaws(resource, definition.at("/spec/versions/0/schema/openAPIV3Schema"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> flaws(GenericKubernetesResource resource, JsonNode schema) {
    refuseWhatItDoesNotName(schema);
    ObjectNode document = new ObjectMapper().valueToTree(resource);
    // Kubernetes' own.
    document.remove("metadata");
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
        .getSchema(schema)
        .validate(document)
        .stream()
        .map(flaw -> resource.getKind() + flaw.getMessage())
        .toList();
  }

  /** A cluster drops fields that a definition doesn't name; here they are refused. */
  private static void refuseWhatItDoesNotName(JsonNode schema) {
    if (schema instanceof ObjectNode object) {
      if (object.path("properties").isObject()
          && !object.path("properties").isEmpty()
          && !object.has("additionalProperties")) {
        object.put("additionalProperties", false);
      }
      // How lists merge says nothing about what is allowed.
      object.properties().stream()
          .map(Map.Entry::getKey)
          .filter(k -> k.startsWith("x-kubernetes-"))
          .toList()
          .forEach(object::remove);
    }
    schema.forEach(Definitions::refuseWhatItDoesNotName);
  }
}
