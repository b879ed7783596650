package io.tokenmeter.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * What must be there before anything runs: brokers, registry, topics. Waits for it, but not long.
 */
public final class Surroundings {
  private static final Duration ATTEMPT = Duration.ofSeconds(3);
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final TokenmeterConfig config;
  private final long deadlineNanos;
  private final String patience;

  /** Begins to wait. */
  public Surroundings(TokenmeterConfig config, Duration patience) {
    this.config = config;
    this.deadlineNanos = System.nanoTime() + patience.toNanos();
    this.patience = Durations.show(patience);
  }

  /**
   * Waits for the brokers and the registry.
   *
   * @throws CommandException when one doesn't answer in time
   */
  public void await() {
    awaitBrokers();
    awaitRegistry();
  }

  /**
   * Waits for the brokers.
   *
   * @throws CommandException when none answers in time
   */
  void awaitBrokers() {
    Map<String, Object> client = new HashMap<>(config.kafka());
    client.put("request.timeout.ms", (int) ATTEMPT.toMillis());
    client.put("default.api.timeout.ms", (int) ATTEMPT.toMillis());
    try (Admin admin = Admin.create(client)) {
      while (true) {
        try {
          admin.describeCluster().nodes().get();
          return;
        } catch (ExecutionException e) {
          if (e.getCause() instanceof AuthenticationException) {
            throw CommandException.unreachable(
                "the brokers at "
                    + config.bootstrapServers()
                    + " don't let us in: "
                    + e.getCause().getMessage()
                    + "; set kafka.sasl.* or kafka.ssl.* to what they ask for (docs/security.md)");
          }
          if (!(e.getCause() instanceof TimeoutException) || isOver()) {
            throw CommandException.unreachable(
                "no broker answers at "
                    + config.bootstrapServers()
                    + " within "
                    + patience
                    + "; start one, or set "
                    + ConfigKeys.BOOTSTRAP_SERVERS);
          }
        }
      }
    } catch (KafkaException e) {
      throw CommandException.unreachable(
          ConfigKeys.BOOTSTRAP_SERVERS
              + " is "
              + config.bootstrapServers()
              + ": "
              + (e.getCause() == null ? e.getMessage() : e.getCause().getMessage()));
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /** Any answer will do, also one that asks for credentials: the serializers have those. */
  private void awaitRegistry() {
    try {
      while (true) {
        for (String url : config.schemaRegistryUrl().split(",", -1)) {
          if (answers(url.strip())) {
            return;
          }
        }
        if (isOver()) {
          throw CommandException.unreachable(
              "no schema registry answers at "
                  + config.schemaRegistryUrl()
                  + " within "
                  + patience
                  + "; start one, or set "
                  + ConfigKeys.SCHEMA_REGISTRY_URL);
        }
        Thread.sleep(PAUSE.toMillis());
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static boolean answers(String url) throws InterruptedException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url + "/subjects")).timeout(ATTEMPT).build();
      HttpClient client = HttpClient.newBuilder().connectTimeout(ATTEMPT).build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() < 500;
    } catch (IOException e) {
      // TLS with a private authority fails here and works in the serializers, which know it.
      return url.startsWith("https:") && e instanceof SSLException;
    }
  }

  private boolean isOver() {
    return System.nanoTime() - deadlineNanos > 0;
  }

  private static CommandException interrupted() {
    Thread.currentThread().interrupt();
    return CommandException.unreachable("interrupted while waiting");
  }
}
