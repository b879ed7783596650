package io.tokenmeter.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The project's folder, wherever the tests were started. */
final class Project {
  private static final Path ROOT = root();

  private Project() {}

  static Path file(String name) {
    return ROOT.resolve(name);
  }

  static String text(String name) throws IOException {
    return Files.readString(file(name));
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("docker-compose.yml"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException(
            "no docker-compose.yml above " + Path.of("").toAbsolutePath());
      }
    }
    return folder;
  }
}
