package io.tokenmeter.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a run is set up.
 *
 * @param quick as short as can be: it shows that a scenario works, its figures mean nothing
 * @param directory for data and logs
 * @param profiles where recordings of the applications go; empty records none
 * @param progress takes a line for each step
 */
record Bench(boolean quick, Path directory, Optional<Path> profiles, Consumer<String> progress) {
  private static final long SEED = 20260101;

  /** Of everything that is made up. */
  long seed() {
    return SEED;
  }

  /** One number for a run that counts, another one for a quick one. */
  int size(int whole, int inShort) {
    return quick ? inShort : whole;
  }

  void say(String line) {
    progress.accept(line);
  }

  /** Options of a measured JVM: those of the launcher's `run`, and a gibibyte of heap. */
  List<String> jvm() {
    return List.of(
        // Standard output is for answers.
        "-Xlog:disable",
        "-Xlog:all=warning:stderr",
        "-Xmx1g",
        "-XX:+UseG1GC",
        "-Dfile.encoding=UTF-8",
        "-XX:+ExitOnOutOfMemoryError");
  }
}
