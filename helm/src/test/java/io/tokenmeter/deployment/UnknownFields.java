package io.tokenmeter.deployment;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Fields that Kubernetes, the Prometheus operator and KEDA don't know. Their types take what they
 * don't know into a map beside their fields, without a word; this walks a resource and says where
 * that happened.
 */
final class UnknownFields {
  private final List<String> found = new ArrayList<>();
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private UnknownFields() {}

  static List<String> in(List<HasMetadata> resources) {
    UnknownFields fields = new UnknownFields();
    resources.forEach(resource -> fields.walk(resource, resource.getKind()));
    return fields.found;
  }

  private void walk(Object value, String path) {
    if (value == null || !seen.add(value)) {
      return;
    }
    if (value instanceof GenericKubernetesResource other) {
      found.addAll(Forms.flaws(other));
    } else if (value instanceof Collection<?> items) {
      items.forEach(item -> walk(item, path));
    } else if (value.getClass().getName().startsWith("io.fabric8.kubernetes.api.model")) {
      for (Method method : value.getClass().getMethods()) {
        if (method.getParameterCount() == 0 && method.getName().startsWith("get")) {
          field(value, method, path);
        }
      }
    }
  }

  private void field(Object value, Method method, String path) {
    String name = method.getName().substring("get".length());
    if (name.equals("AdditionalProperties")) {
      ((Map<?, ?>) read(value, method)).keySet().forEach(key -> found.add(path + "." + key));
    } else if (!name.equals("Class")) {
      walk(read(value, method), path + "." + name);
    }
  }

  private static Object read(Object value, Method method) {
    try {
      return method.invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(method + " can't be read", e);
    }
  }
}
