package io.tokenmeter.measured;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Recorded exchanges, where this machine has them. */
final class Corpus {
  private Corpus() {}

  /** Beside the checkout, or where TOKENMETER_CORPUS says; empty when there is none. */
  static Optional<Path> folder() {
    String told = System.getProperty("TOKENMETER_CORPUS", System.getenv("TOKENMETER_CORPUS"));
    Path folder =
        told == null
            ? Path.of(System.getProperty("tokenmeter.root", ".."), "../shared/corpus")
            : Path.of(told);
    return Optional.of(folder).filter(Files::isDirectory);
  }

  static List<Exchange> read(Path folder) {
    ObjectMapper json = new ObjectMapper();
    List<Exchange> exchanges = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
        for (String line : Files.readAllLines(file)) {
          exchanges.add(new Exchange(json.readTree(line)));
        }
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    return exchanges;
  }
}
