package io.tokenmeter.embedded;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A schema registry (Apicurio) in a child process on the loopback interface. The child ends with
 * this process, also when that is killed.
 */
public final class EmbeddedRegistry implements AutoCloseable {
  /** Let the machine choose a port. */
  public static final int ANY_PORT = 0;

  private static final String PATH = "/apis/ccompat/v7";
  private static final Duration POLL = Duration.ofMillis(100);

  private final RegistryProcess process;
  private final int port;

  private EmbeddedRegistry(RegistryProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts a registry and waits until it answers: five to fifteen seconds.
   *
   * @param directory for its log
   * @param port to listen on, or {@link #ANY_PORT}
   * @param patience how long it may take
   * @throws EmbeddedFailure when the port is taken, the registry's files are missing, or it ends or
   *     doesn't answer in time; the message has the end of its log
   */
  public static EmbeddedRegistry start(
      Path directory, int port, RegistryStorage storage, Duration patience) {
    EmbeddedRegistry registry = launch(directory, port, storage);
    registry.await(patience);
    return registry;
  }

  /** Starts the process without waiting for it. */
  static EmbeddedRegistry launch(Path directory, int port, RegistryStorage storage) {
    List<Integer> free;
    try {
      free = Ports.free(2);
    } catch (IOException e) {
      throw new EmbeddedFailure("No port is free on the loopback interface", e);
    }
    int chosen = port == ANY_PORT ? free.get(0) : port;
    Ports.check("schema registry", chosen);
    return new EmbeddedRegistry(
        RegistryProcess.start(directory, chosen, free.get(1), storage), chosen);
  }

  /** Waits until it answers; on failure it is stopped. */
  void await(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + "/subjects"))
            .timeout(Duration.ofSeconds(5))
            .build();
    try {
      while (!answers(client, request)) {
        if (!process.isAlive()) {
          throw new EmbeddedFailure("The schema registry ended. " + process.logTail());
        }
        if (System.nanoTime() - deadline > 0) {
          throw new EmbeddedFailure(
              "The schema registry doesn't answer after "
                  + patience.toSeconds()
                  + " s. "
                  + process.logTail());
        }
        Thread.sleep(POLL.toMillis());
      }
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new EmbeddedFailure("Interrupted while the schema registry started", e);
    } catch (EmbeddedFailure e) {
      close();
      throw e;
    }
  }

  private static boolean answers(HttpClient client, HttpRequest request)
      throws InterruptedException {
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** For {@code schema.registry.url}. */
  public String url() {
    return "http://127.0.0.1:" + port + PATH;
  }

  long pid() {
    return process.pid();
  }

  /** Stops the registry and waits for it. */
  @Override
  public void close() {
    process.close();
  }
}
