package io.tokenmeter.serde;

import java.util.Map;
import org.apache.kafka.common.config.ConfigException;

/** Makes the classes that a configuration names. */
final class Instances {
  private Instances() {}

  /**
   * @param <T> the kind, with the type argument that the caller knows to be right
   * @throws ConfigException when it isn't of the kind or has no public constructor without
   *     arguments
   */
  @SuppressWarnings("unchecked")
  static <T> T of(Map<String, Object> values, String key, Class<? super T> kind) {
    Class<?> type = (Class<?>) values.get(key);
    if (!kind.isAssignableFrom(type)) {
      throw new ConfigException(key, type.getName(), "It must be a " + kind.getName());
    }
    try {
      return (T) type.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new ConfigException(
          key, type.getName(), "It needs a public constructor without arguments: " + e);
    }
  }
}
