package io.tokenmeter.proof;

import io.tokenmeter.embedded.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The command line in a JVM of its own, on this JVM's class path. What it prints goes to a file,
 * which stays behind; it never outlives this JVM.
 */
final class ApplicationProcess implements AutoCloseable {
  private static final ChildJvm.Limits LIMITS = new ChildJvm.Limits("512m", 0);

  private final ChildJvm child;

  private ApplicationProcess(ChildJvm child) {
    this.child = child;
  }

  /** Starts {@code run --stage all}. */
  static ApplicationProcess run(Path log, Map<String, String> settings) {
    return start(log, List.of("run", "--stage", "all"), settings);
  }

  /**
   * Starts a command.
   *
   * @param log where its output is added
   */
  static ApplicationProcess start(Path log, List<String> command, Map<String, String> settings) {
    return start(log, LIMITS, command, settings);
  }

  /** Starts a command within limits. */
  static ApplicationProcess start(
      Path log, ChildJvm.Limits limits, List<String> command, Map<String, String> settings) {
    List<String> words = new ArrayList<>(command);
    settings.forEach((key, value) -> words.addAll(List.of("--set", key + "=" + value)));
    return new ApplicationProcess(ChildJvm.start(log, limits, ApplicationMain.class, words));
  }

  boolean isAlive() {
    return child.isAlive();
  }

  /** Whether it has said that it runs. */
  boolean saysItRuns() {
    return output().contains("tokenmeter: running ");
  }

  /** What it has printed until now. */
  String output() {
    return child.output();
  }

  /** The last lines of it, for a failure's message. */
  String tail() {
    return child.tail();
  }

  /**
   * Waits until it ends by itself.
   *
   * @return its exit code
   */
  int await(Duration patience) {
    return child.await(patience);
  }

  /** SIGSTOP, and SIGCONT after so long. */
  void pause(Duration time) {
    child.pause(time);
  }

  /** SIGTERM: it finishes what it is at and leaves its groups. Returns at once. */
  void askToStop() {
    child.askToStop();
  }

  /** SIGTERM. Returns when it is gone. */
  void stop() {
    child.stop();
  }

  /** SIGKILL: it gets no chance to finish anything. Returns when it is gone. */
  void kill() {
    child.kill();
  }

  @Override
  public void close() {
    child.close();
  }
}
