package io.tokenmeter.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A JVM of its own on this one's class path, which answers lines on its standard output. It ends
 * when this process does: it reads its standard input, which ends then.
 */
final class ChildJvm implements AutoCloseable {
  private static final Duration DYING = Duration.ofSeconds(30);
  private static final int LOG_SHOWN = 20;

  private final Process process;
  private final Path log;
  private final BufferedReader answers;
  private final Writer questions;

  private ChildJvm(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.questions = process.outputWriter(StandardCharsets.UTF_8);
  }

  /**
   * Starts a main class.
   *
   * @param log where what it complains about is added
   * @param options of the JVM
   */
  static ChildJvm start(Path log, List<String> options, Class<?> main, List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(options);
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    line.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.appendTo(file(log)));
    // What this machine's environment sets is not what is measured.
    builder.environment().keySet().removeIf(name -> name.startsWith("TOKENMETER_"));
    try {
      return new ChildJvm(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static File file(Path log) {
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return log.toFile();
  }

  /** Asks something. */
  String ask(String question) {
    try {
      questions.write(question + "\n");
      questions.flush();
    } catch (IOException e) {
      throw ended(e);
    }
    return nextLine();
  }

  /** Waits for a line that it says. */
  String nextLine() {
    try {
      String line = answers.readLine();
      if (line == null) {
        throw ended(null);
      }
      return line;
    } catch (IOException e) {
      throw ended(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Fails when it has ended. */
  void requireAlive() {
    if (!process.isAlive()) {
      throw ended(null);
    }
  }

  private BenchFailure ended(@org.jspecify.annotations.Nullable IOException why) {
    String end;
    try {
      List<String> lines = Files.readAllLines(log);
      end = String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_SHOWN), lines.size()));
    } catch (IOException e) {
      end = "(no log: " + e.getMessage() + ")";
    }
    String message = "a measured process has ended; the end of " + log + ":\n" + end;
    return why == null ? new BenchFailure(message) : new BenchFailure(message, why);
  }

  /** Processor time until now, its children's included. */
  Duration cpu() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .map(handle -> handle.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** The most memory that it has had, in bytes; empty where the system doesn't tell. */
  OptionalLong mostMemory() {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.isReadable(status)) {
      return OptionalLong.empty();
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets it finish what it is at, and waits for it. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(DYING.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
