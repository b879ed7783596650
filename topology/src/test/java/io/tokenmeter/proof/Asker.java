package io.tokenmeter.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Asks one instance for organisations' balances, one after the other, and writes down what came.
 */
final class Asker implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /**
   * A balance that was answered.
   *
   * @param askedNanos before it was asked
   * @param answeredNanos after it was answered
   * @param fromStandby whether it says so
   * @param lagRecords how far behind it says that it is; 0 of the copy that is written
   */
  record Told(
      String org,
      long askedNanos,
      long answeredNanos,
      long sequence,
      BigDecimal balance,
      boolean fromStandby,
      long lagRecords) {}

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final String address;
  private final String token;
  private final List<String> orgs;
  private final List<Told> told = new CopyOnWriteArrayList<>();
  private final List<String> defects = new CopyOnWriteArrayList<>();
  private volatile boolean stopped;
  private @Nullable Thread thread;

  Asker(int port, String token, List<String> orgs) {
    this.address = "http://127.0.0.1:" + port;
    this.token = token;
    this.orgs = orgs;
  }

  /** Asks on, until it is closed. */
  void start() {
    thread =
        new Thread(
            () -> {
              while (!stopped) {
                orgs.forEach(this::ask);
              }
            },
            "asker");
    thread.start();
  }

  /** What was answered until now. */
  List<Told> told() {
    return List.copyOf(told);
  }

  /** What was answered that is neither a balance nor a request for patience. */
  List<String> defects() {
    return List.copyOf(defects);
  }

  /** What the instance answers for an organisation now; empty without a balance. */
  Optional<Told> ask(String org) {
    Optional<Told> one = balance(org, "Authorization", "Bearer " + token);
    one.ifPresent(told::add);
    return one;
  }

  /** What the instance answers from its own copy, as it answers other instances. */
  Optional<Told> askItsCopy(String org, String secret) {
    return balance(org, "Tokenmeter-Hop", "any", "Tokenmeter-Peer-Secret", secret);
  }

  private Optional<Told> balance(String org, String... headers) {
    long asked = System.nanoTime();
    HttpResponse<byte[]> answer;
    JsonNode body;
    try {
      answer =
          client.send(
              HttpRequest.newBuilder(URI.create(address + "/v1/orgs/" + org + "/balance"))
                  .headers(headers)
                  .timeout(TIMEOUT)
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      body = JSON.readTree(answer.body());
    } catch (IOException e) {
      // Nobody is there.
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    long answered = System.nanoTime();
    if (answer.statusCode() != 200) {
      boolean patience =
          answer.statusCode() == 503 && answer.headers().firstValue("Retry-After").isPresent();
      if (!patience && answer.statusCode() != 404) {
        defects.add(answer.statusCode() + " " + body);
      }
      return Optional.empty();
    }
    boolean fromStandby = body.has("standby");
    if (fromStandby == body.get("provisional").booleanValue()) {
      defects.add("standby and provisional: " + body);
    }
    return Optional.of(
        new Told(
            org,
            asked,
            answered,
            body.get("sequence").longValue(),
            new BigDecimal(body.get("balance").textValue()),
            fromStandby,
            body.at("/standby/lag_records").longValue()));
  }

  /** Asks no more, and waits for the last answer. */
  void stop() {
    stopped = true;
    try {
      if (thread != null) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
  }
}
