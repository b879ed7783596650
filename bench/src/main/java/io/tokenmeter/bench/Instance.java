package io.tokenmeter.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A running instance of the applications. */
final class Instance implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final ChildJvm jvm;
  private final String url;

  Instance(ChildJvm jvm, String url) {
    this.jvm = jvm;
    this.url = url;
  }

  ChildJvm jvm() {
    return jvm;
  }

  String url() {
    return url;
  }

  /** Waits until it runs, its state restored. */
  Instance awaitReady() {
    HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/readyz")).timeout(Duration.ofSeconds(5)).build();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!isReady(client, request)) {
        jvm.requireAlive();
        if (System.nanoTime() - deadline > 0) {
          throw new BenchFailure("an instance isn't ready after " + PATIENCE);
        }
        Thread.sleep(LOOK.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted", e);
    }
    return this;
  }

  private static boolean isReady(HttpClient client, HttpRequest request)
      throws InterruptedException {
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  ApplicationMain.ThreadUse threadUse() {
    return ApplicationMain.ThreadUse.parse(jvm.ask("threads"));
  }

  @Override
  public void close() {
    jvm.close();
  }
}
