package io.tokenmeter.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a file of recorded exchanges says of one. */
record Recorded(JsonNode line) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Beside the checkout, or where TOKENMETER_CORPUS says; empty when there is none. */
  static Optional<Path> folder() {
    Path beside = Path.of(System.getProperty("tokenmeter.root", "..")).resolve("../shared/corpus");
    return Optional.of(beside)
        .filter(Files::isDirectory)
        .or(() -> Optional.ofNullable(System.getenv("TOKENMETER_CORPUS")).map(Path::of))
        .filter(Files::isDirectory);
  }

  static List<Recorded> read(Path file) {
    try {
      return Files.readAllLines(file).stream().map(Recorded::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Recorded parse(String line) {
    try {
      return new Recorded(JSON.readTree(line));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String id() {
    return line.path("id").asText();
  }

  /** The provider's own name for the kind of call. */
  String endpoint() {
    return line.path("provider").asText() + " " + line.path("endpoint").asText();
  }

  /** Whether the provider said what was used. */
  boolean hasUsage() {
    return !line.path("reported_usage").isNull();
  }
}
