package io.tokenmeter.query;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Asks other instances over HTTP.
 *
 * <p>At most {@link #CONCURRENT} requests are under way, fewer than the server has threads: were
 * every thread of two instances waiting for the other, neither could answer.
 */
final class HttpPeers implements Peers {
  static final int CONCURRENT = 24;
  private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(500);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final Semaphore permits = new Semaphore(CONCURRENT);
  private final Consumer<Hop> count;

  /** What came of asking. */
  enum Hop {
    ANSWERED,
    /** It said that it can't answer now. */
    REFUSED,
    /** It didn't answer in time, or at all. */
    UNREACHABLE,
    /** Too many are being asked already. */
    BUSY
  }

  HttpPeers(Consumer<Hop> count) {
    this.count = count;
  }

  @Override
  public Optional<Answer> ask(Instance instance, String target, Copy copy) {
    if (!permits.tryAcquire()) {
      count.accept(Hop.BUSY);
      return Optional.empty();
    }
    try {
      HttpResponse<byte[]> response =
          client.send(
              HttpRequest.newBuilder(URI.create("http://" + instance + target))
                  .timeout(ANSWER_TIMEOUT)
                  .header(HOP_HEADER, copy.wireName())
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      return passedOn(response);
    } catch (IOException e) {
      // Time-outs too: whoever is away is away, and the caller asks the next one.
      count.accept(Hop.UNREACHABLE);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      count.accept(Hop.UNREACHABLE);
      return Optional.empty();
    } finally {
      permits.release();
    }
  }

  private Optional<Answer> passedOn(HttpResponse<byte[]> response) {
    if (response.statusCode() >= 500) {
      count.accept(Hop.REFUSED);
      return Optional.empty();
    }
    count.accept(Hop.ANSWERED);
    return Optional.of(
        Answer.of(
            response.statusCode(),
            response.headers().firstValue("Content-Type").orElse(Answer.JSON),
            response.body()));
  }
}
