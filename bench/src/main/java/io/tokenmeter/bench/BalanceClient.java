package io.tokenmeter.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Asks an instance for balances, as a gateway does. */
final class BalanceClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FOUND = 200;
  private static final int MISSING = 404;

  private final HttpClient client = HttpClient.newHttpClient();
  private final String url;
  private final String token;

  BalanceClient(String url, String token) {
    this.url = url;
    this.token = token;
  }

  private HttpRequest request(String org) {
    return HttpRequest.newBuilder(URI.create(url + "/v1/orgs/" + org + "/balance"))
        .header("Authorization", "Bearer " + token)
        .timeout(Duration.ofSeconds(30))
        .build();
  }

  /** The last posting that an organisation's balance reflects; 0 for one that isn't known. */
  long sequence(String org) {
    try {
      HttpResponse<byte[]> answer = client.send(request(org), BodyHandlers.ofByteArray());
      return switch (answer.statusCode()) {
        case FOUND -> JSON.readTree(answer.body()).path("sequence").asLong();
        case MISSING -> 0;
        default -> throw new BenchFailure("a balance was answered with " + answer.statusCode());
      };
    } catch (IOException e) {
      throw new BenchFailure("a balance can't be asked for: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted", e);
    }
  }

  /** Asks and doesn't wait. */
  CompletableFuture<HttpResponse<Void>> ask(String org) {
    return client.sendAsync(request(org), BodyHandlers.discarding());
  }
}
