package io.tokenmeter.query;

import io.tokenmeter.query.access.PeerSecret;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks other instances over HTTP.
 *
 * <p>At most {@link #CONCURRENT} requests are under way, fewer than the server has threads: were
 * every thread of two instances waiting for the other, neither could answer.
 */
final class HttpPeers implements Peers {
  static final int CONCURRENT = 24;
  private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(500);
  static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);
  private static final int UNAUTHORIZED = 401;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final long TELL_EVERY_NANOS = Duration.ofMinutes(1).toNanos();
  private static final Logger LOG = LoggerFactory.getLogger(HttpPeers.class);
  private final AtomicLong toldNanos = new AtomicLong(System.nanoTime() - 2 * TELL_EVERY_NANOS);
  private final HttpClient client;
  private final String scheme;
  private final PeerSecret secret;
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

  /**
   * Asks as an instance that listens so.
   *
   * @param count told what comes of each request
   */
  HttpPeers(Listening listening, Consumer<Hop> count) {
    this.scheme = listening.scheme();
    this.secret = listening.doors().peers();
    this.count = count;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER);
    if (listening.trust() != null) {
      builder.sslContext(listening.trust());
    }
    this.client = builder.build();
  }

  @Override
  public Optional<Answer> ask(Instance instance, String target, Copy copy) {
    if (!permits.tryAcquire()) {
      count.accept(Hop.BUSY);
      return Optional.empty();
    }
    // Not by the request's own time-out, which ends with the answer's headers: a body that never
    // comes would hold its thread for ever.
    CompletableFuture<HttpResponse<byte[]>> coming =
        client.sendAsync(
            HttpRequest.newBuilder(URI.create(scheme + "://" + instance + target))
                .header(HOP_HEADER, copy.wireName())
                .header(SECRET_HEADER, secret.value())
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    try {
      return passedOn(instance, coming.get(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException | ExecutionException e) {
      // Whoever is away is away, and the caller asks the next one.
      count.accept(Hop.UNREACHABLE);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      count.accept(Hop.UNREACHABLE);
      return Optional.empty();
    } finally {
      coming.cancel(true);
      permits.release();
    }
  }

  private Optional<Answer> passedOn(Instance instance, HttpResponse<byte[]> response) {
    if (response.statusCode() == UNAUTHORIZED || response.statusCode() == TOO_MANY_REQUESTS) {
      count.accept(Hop.REFUSED);
      long now = System.nanoTime();
      if (now - toldNanos.getAndUpdate(told -> now - told > TELL_EVERY_NANOS ? now : told)
          > TELL_EVERY_NANOS) {
        LOG.atError()
            .addKeyValue("instance", instance)
            .log(
                "{} doesn't know the secret of this instance and answers nothing; set"
                    + " http.peer.secret alike for all instances",
                instance);
      }
      return Optional.empty();
    }
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
