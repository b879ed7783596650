package io.tokenmeter.proof;

import io.tokenmeter.embedded.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An instance: one application process after the other, on one state directory. */
final class Member implements AutoCloseable {
  private static final String HEAP = "384m";
  private static final Duration ANSWER = Duration.ofSeconds(3);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(ANSWER).version(HttpClient.Version.HTTP_1_1).build();

  private final String name;
  private final String stage;
  private final Path log;
  private final Path state;
  private final int port;
  private final Map<String, String> settings;
  private ApplicationProcess process;
  private boolean wanted;
  private int starts;

  /**
   * @param stage what {@code run --stage} takes
   * @param settings but for those that are its own
   */
  Member(String name, String stage, Path directory, int port, Map<String, String> settings) {
    this.name = name;
    this.stage = stage;
    this.log = directory.resolve("instance-" + name + ".log");
    this.state = directory.resolve("state-" + name);
    this.port = port;
    this.settings = settings;
    settings.put("state.dir", state.toString());
    settings.put("http.listen", "127.0.0.1:" + port);
  }

  String name() {
    return name;
  }

  boolean measures() {
    return !stage.equals("ledger");
  }

  boolean keepsLedger() {
    return !stage.equals("measure");
  }

  Path state() {
    return state;
  }

  Path log() {
    return log;
  }

  ApplicationProcess process() {
    return process;
  }

  /** Starts it; doesn't wait for it. */
  void start() {
    start(log, 0);
    wanted = true;
  }

  /** Starts it without help: when it ends, it isn't started again. */
  void startAlone() {
    start(log, 0);
  }

  /** From now on it is started again when it ends. */
  void keep() {
    wanted = true;
  }

  /** Starts it without help, where no file may grow beyond so many KiB. */
  void startCramped(long largestFileKib) {
    start(log.resolveSibling("cramped-" + name + "-" + starts + ".log"), largestFileKib);
  }

  private void start(Path to, long largestFileKib) {
    if (process != null) {
      process.close();
    }
    wanted = false;
    starts++;
    process =
        ApplicationProcess.start(
            to,
            new ChildJvm.Limits(HEAP, largestFileKib),
            List.of("run", "--stage", stage),
            settings);
  }

  /** SIGKILL; it stays away until it is started. */
  void kill() {
    wanted = false;
    process.kill();
  }

  /** SIGTERM; it stays away until it is started. */
  void stop() {
    wanted = false;
    process.stop();
  }

  boolean isWanted() {
    return wanted;
  }

  /** Whether it ended though nobody asked it to. */
  boolean endedByItself() {
    return wanted && !process.isAlive();
  }

  int starts() {
    return starts;
  }

  /** Whether all that it runs has its state and works. */
  boolean isReady() {
    return isUp() && answer("/readyz").startsWith("200");
  }

  /** Whether it answers, and says that it has no state yet. */
  boolean isRestoring() {
    return isUp() && answer("/readyz").startsWith("503");
  }

  private boolean isUp() {
    return process.isAlive() && process.saysItRuns();
  }

  private String answer(String path) {
    try {
      HttpResponse<String> response = ask(path, "");
      return response.statusCode() + " " + response.body();
    } catch (IOException e) {
      return "no answer: " + e;
    }
  }

  /** Asks it over HTTP. */
  HttpResponse<String> ask(String path, String token) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(ANSWER);
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Its state is gone, as with a machine. */
  void loseState() {
    if (!Files.exists(state)) {
      return;
    }
    try (Stream<Path> all = Files.walk(state)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }
}
