package io.tokenmeter.connect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * The settings of a connector that the build can't get as a library, as its source defines them.
 *
 * @param byName each with its type and the values it takes, none for any
 */
record PublishedSettings(Map<String, Setting> byName) {
  private static final Path FOLDER = Path.of("src/test/resources/definitions");

  /** One of them. */
  record Setting(ConfigDef.Type type, List<String> allowed) {}

  PublishedSettings {
    byName = Map.copyOf(byName);
  }

  static PublishedSettings of(String connector) throws IOException {
    Map<String, Setting> settings = new TreeMap<>();
    for (String line : Files.readAllLines(FOLDER.resolve(connector + ".csv"))) {
      if (!line.startsWith("#") && !line.equals("name,type,allowed")) {
        String[] cells = line.split(",", -1);
        List<String> allowed =
            cells[2].isEmpty() ? List.of() : Arrays.asList(cells[2].split("\\|", -1));
        settings.put(cells[0], new Setting(ConfigDef.Type.valueOf(cells[1]), allowed));
      }
    }
    return new PublishedSettings(settings);
  }

  Set<String> names() {
    return byName.keySet();
  }

  boolean isSecret(String name) {
    return byName.containsKey(name) && byName.get(name).type() == ConfigDef.Type.PASSWORD;
  }

  /** What is wrong with the values of a definition; one from a provider may be anything. */
  List<String> complaints(Map<String, String> config) {
    List<String> complaints = new ArrayList<>();
    config.forEach(
        (name, value) -> {
          Setting setting = byName.get(name);
          if (setting != null && !value.startsWith("${")) {
            if (!setting.allowed().isEmpty() && !setting.allowed().contains(value)) {
              complaints.add(name + " is " + value + ", not one of " + setting.allowed());
            }
            // Connect loads classes, which aren't here.
            if (setting.type() != ConfigDef.Type.CLASS) {
              try {
                ConfigDef.parseType(name, value, setting.type());
              } catch (ConfigException e) {
                complaints.add(e.getMessage());
              }
            }
          }
        });
    return complaints;
  }
}
