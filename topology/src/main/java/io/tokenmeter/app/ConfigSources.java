package io.tokenmeter.app;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Where settings come from. A later source wins: a properties file, the environment, {@code --set}.
 */
final class ConfigSources {
  private static final String VARIABLE = "TOKENMETER_";

  /**
   * A variable of ours that names no setting is a typing error when it is as near as this to one.
   * Others are left alone: Kubernetes sets TOKENMETER_PORT and TOKENMETER_SERVICE_HOST by itself in
   * every container beside a service of that name.
   */
  private static final int TYPING_ERROR = 2;

  private ConfigSources() {}

  /**
   * Reads and checks all sources.
   *
   * @param file properties; null when there is none
   * @param set {@code key=value} each
   * @throws ConfigException when a source can't be read, a key is unknown or a value isn't allowed
   */
  static TokenmeterConfig read(
      @Nullable Path file, Map<String, String> environment, List<String> set) {
    Map<String, String> settings = new TreeMap<>();
    if (file != null) {
      settings.putAll(properties(file));
    }
    settings.putAll(fromEnvironment(environment));
    for (String pair : set) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new ConfigException("--set is " + pair + "; write it as key=value");
      }
      settings.put(pair.substring(0, equals).strip(), pair.substring(equals + 1));
    }
    return TokenmeterConfig.of(settings);
  }

  private static Map<String, String> properties(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      throw new ConfigException("--config is " + file + ", which doesn't exist");
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigException("--config is " + file + ", which can't be read: " + e.getMessage());
    }
    Map<String, String> settings = new TreeMap<>();
    properties.stringPropertyNames().forEach(k -> settings.put(k, properties.getProperty(k)));
    return settings;
  }

  private static Map<String, String> fromEnvironment(Map<String, String> environment) {
    Map<String, String> settings = new TreeMap<>();
    new TreeMap<>(environment)
        .forEach(
            (variable, value) -> {
              if (!variable.startsWith(VARIABLE)) {
                return;
              }
              String key =
                  variable.substring(VARIABLE.length()).toLowerCase(Locale.ROOT).replace('_', '.');
              if (TokenmeterConfig.isKnown(key) || TokenmeterConfig.isPassedOn(key)) {
                settings.put(key, value);
              } else {
                refuseTypingError(variable, key);
              }
            });
    return settings;
  }

  private static void refuseTypingError(String variable, String key) {
    String nearest = NearestKey.to(key, ConfigKeys.DEFINITION.names());
    if (NearestKey.distance(key, nearest) <= TYPING_ERROR) {
      throw new ConfigException(
          "Unknown setting "
              + variable
              + "; the nearest that exists is "
              + VARIABLE
              + nearest.toUpperCase(Locale.ROOT).replace('.', '_'));
    }
  }
}
