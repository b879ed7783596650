package io.tokenmeter.connect;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.runtime.SinkConnectorConfig;
import org.apache.kafka.connect.transforms.Transformation;
import org.apache.kafka.connect.transforms.predicates.Predicate;

/** A sink's definition as it is shipped: what is posted to a Connect cluster. */
record Definition(String name, Map<String, String> config) {
  private static final String CONSUMER = "consumer.override.";
  private static final String CONVERTER = "value.converter.";

  /** What Connect itself knows of each of its own plugins. */
  private static final Map<String, Set<String>> PLUGINS =
      Map.of(
          "transforms", Set.of("type", "predicate", "negate"),
          "predicates", Set.of("type"));

  Definition {
    config = Map.copyOf(config);
  }

  static Definition read(Path file) throws IOException {
    return new ObjectMapper().readValue(file.toFile(), Definition.class);
  }

  /** Keys that neither Connect, its consumer, the converter nor the connector knows. */
  Set<String> unknown(Set<String> connectorKeys) {
    Set<String> unknown = new TreeSet<>(config.keySet());
    unknown.removeAll(connectorKeys);
    unknown.removeAll(SinkConnectorConfig.configDef().names());
    unknown.removeIf(
        key ->
            key.startsWith(CONSUMER)
                && ConsumerConfig.configNames().contains(key.substring(CONSUMER.length())));
    unknown.removeIf(
        key ->
            key.startsWith(CONVERTER)
                && new FlatAvroConverter()
                    .config()
                    .names()
                    .contains(key.substring(CONVERTER.length())));
    unknown.removeIf(this::isOfTransformation);
    return unknown;
  }

  /** Whether a transformation or a predicate that the definition names has such a setting. */
  private boolean isOfTransformation(String key) {
    String[] parts = key.split("\\.", 3);
    if (parts.length < 3 || !PLUGINS.containsKey(parts[0])) {
      return false;
    }
    String type = config.get(parts[0] + "." + parts[1] + ".type");
    if (type == null || !List.of(config.get(parts[0]).split(",", -1)).contains(parts[1])) {
      return false;
    }
    return PLUGINS.get(parts[0]).contains(parts[2]) || settings(type).contains(parts[2]);
  }

  private static Set<String> settings(String type) {
    try {
      Object plugin = Class.forName(type).getConstructor().newInstance();
      ConfigDef definition =
          plugin instanceof Predicate<?> predicate
              ? predicate.config()
              : ((Transformation<?>) plugin).config();
      return definition.names();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("there is no " + type, e);
    }
  }

  /** Keys whose values Connect itself refuses. */
  List<String> refusedByConnect() {
    Map<String, String> named = new HashMap<>(config);
    named.put("name", name);
    return SinkConnectorConfig.configDef().validate(named).stream()
        .filter(value -> !value.errorMessages().isEmpty())
        .map(ConfigValue::name)
        .toList();
  }
}
