package io.tokenmeter.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of its own on this JVM's class path. What it prints goes to a file, which stays behind. Its
 * main class watches its standard input ({@link ParentWatch}), so that it ends with this JVM, also
 * when that is killed.
 */
public final class ChildJvm implements AutoCloseable {
  private static final Duration DYING = Duration.ofSeconds(60);
  private static final int TAIL_LINES = 40;

  private final Process process;
  private final Thread reaper;
  private final Path log;
  private final long logFrom;

  private ChildJvm(Process process, Path log, long logFrom) {
    this.process = process;
    this.log = log;
    this.logFrom = logFrom;
    this.reaper = new Thread(process::destroyForcibly, "reaper");
    Runtime.getRuntime().addShutdownHook(reaper);
  }

  /**
   * How a child is run.
   *
   * @param heap its largest heap, as in {@code 256m}
   * @param largestFileKib no file may grow beyond it, in KiB: a write that would fails, as on a
   *     full disk; 0 for no limit
   */
  public record Limits(String heap, long largestFileKib) {}

  /**
   * Starts a child.
   *
   * @param log where its output is added
   * @param mainClass watches its parent
   */
  public static ChildJvm start(Path log, Limits limits, Class<?> mainClass, List<String> words) {
    List<String> line = new ArrayList<>();
    if (limits.largestFileKib() > 0) {
      // Blocks of 512 bytes in the shells that follow POSIX to the letter, of 1 KiB in bash.
      line.addAll(List.of("bash", "-c", "ulimit -f \"$0\" && exec \"$@\""));
      line.add(Long.toString(limits.largestFileKib()));
    }
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xmx" + limits.heap(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    line.addAll(List.of("-Xshare:auto", "-XX:-UsePerfData", "-Duser.timezone=UTC"));
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass.getName()));
    line.addAll(words);
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    // What this machine's environment sets is not what the test sets.
    builder.environment().keySet().removeIf(name -> name.startsWith("TOKENMETER_"));
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      long from = Files.exists(log) ? Files.size(log) : 0;
      return new ChildJvm(builder.start(), log, from);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** What it has printed until now. */
  public String output() {
    try {
      byte[] all = Files.readAllBytes(log);
      int from = Math.toIntExact(Math.min(logFrom, all.length));
      return new String(all, from, all.length - from, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last lines of what it printed, for a failure's message. */
  public String tail() {
    List<String> lines = output().lines().toList();
    return "the end of "
        + log
        + ":\n"
        + String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
  }

  /** Tells it a line, if it still listens. */
  public void tell(String line) {
    try {
      OutputStream in = process.getOutputStream();
      in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      in.flush();
    } catch (IOException e) {
      if (process.isAlive()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Waits until it ends by itself.
   *
   * @return its exit code
   */
  public int await(Duration patience) {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("a process still runs after " + patience + "; " + tail());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    return process.exitValue();
  }

  /**
   * SIGSTOP, and SIGCONT by itself after a while, also when this JVM is gone by then: a stopped
   * process can't see that its parent has ended.
   */
  public void pause(Duration time) {
    String script = "kill -STOP $0 && sleep $1; kill -CONT $0";
    String seconds = time.toMillis() / 1000 + "." + String.format("%03d", time.toMillis() % 1000);
    try {
      new ProcessBuilder("sh", "-c", script, Long.toString(process.pid()), seconds)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGTERM: it finishes what it is at. Returns at once. */
  public void askToStop() {
    process.destroy();
  }

  /** SIGTERM. Returns when it is gone. */
  public void stop() {
    askToStop();
    await(DYING);
  }

  /** SIGKILL: it gets no chance to finish anything. Returns when it is gone. */
  public void kill() {
    process.destroyForcibly();
    await(DYING);
  }

  @Override
  public void close() {
    kill();
    Runtime.getRuntime().removeShutdownHook(reaper);
  }
}
