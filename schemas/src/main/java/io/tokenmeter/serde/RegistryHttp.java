package io.tokenmeter.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenmeter.serde.RegistrySettings.Endpoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Requests to the registry: every URL in turn, all of them again after a wait, and a verdict in the
 * end. Redirects are not followed, so that credentials stay with the host that they are meant for.
 */
final class RegistryHttp {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";

  /** The registry's codes for a subject, a version and a schema that it doesn't have. */
  private static final Set<Integer> NOT_FOUND = Set.of(40401, 40402, 40403);

  private static final int SHOWN_CHARACTERS = 500;

  private final RegistrySettings settings;
  private final HttpClient client;
  private volatile int preferred;

  RegistryHttp(RegistrySettings settings) {
    this.settings = settings;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofMillis(settings.connectTimeoutMs()));
    if (!settings.tls().isEmpty()) {
      builder.sslContext(Tls.context(settings.tls()));
    }
    this.client = builder.build();
  }

  /** The answer, or empty when the registry says that it doesn't have what was asked for. */
  Optional<JsonNode> ask(String path) {
    return send(path, null);
  }

  /** As {@link #ask}, sending a JSON object. */
  Optional<JsonNode> post(String path, JsonNode body) {
    return send(path, body);
  }

  private Optional<JsonNode> send(String path, @Nullable JsonNode body) {
    String what = (body == null ? "GET " : "POST ") + path;
    String failure = "";
    for (int round = 0; round <= settings.maxRetries(); round++) {
      if (round > 0) {
        Pause.of(waitMs(round));
      }
      int first = preferred;
      for (int i = 0; i < settings.endpoints().size(); i++) {
        int index = (first + i) % settings.endpoints().size();
        Endpoint endpoint = settings.endpoints().get(index);
        try {
          HttpResponse<String> response =
              client.send(request(endpoint, path, body), BodyHandlers.ofString());
          if (!transientStatus(response.statusCode())) {
            Optional<JsonNode> answer = answer(endpoint, what, response);
            preferred = index;
            return answer;
          }
          failure = endpoint + " answered " + response.statusCode();
        } catch (JsonProcessingException e) {
          failure = endpoint + " answered something else than JSON";
        } catch (IOException e) {
          failure = endpoint + ": " + e;
        } catch (InterruptedException e) {
          throw new InterruptException(e);
        }
      }
    }
    throw new RegistryUnavailableException(
        "No schema registry answered "
            + what
            + " in "
            + (settings.maxRetries() + 1)
            + " rounds over "
            + settings.endpoints()
            + "; the last failure: "
            + failure
            + ". Check that it runs and that schema.registry.url is right; the record can be read"
            + " or written once it answers.");
  }

  private HttpRequest request(Endpoint endpoint, String path, @Nullable JsonNode body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(endpoint.base() + path))
            .timeout(Duration.ofMillis(settings.readTimeoutMs()))
            .header("Accept", MEDIA_TYPE + ", application/json");
    endpoint.authorization().ifPresent(value -> request.header("Authorization", value));
    if (body != null) {
      request.header("Content-Type", MEDIA_TYPE).POST(BodyPublishers.ofString(body.toString()));
    }
    return request.build();
  }

  /** Time-outs, throttling and server errors; the same request may be answered later. */
  private static boolean transientStatus(int status) {
    return status == 408 || status == 429 || status >= 500;
  }

  private static Optional<JsonNode> answer(
      Endpoint endpoint, String what, HttpResponse<String> response)
      throws JsonProcessingException {
    int status = response.statusCode();
    if (status >= 200 && status < 300) {
      return Optional.of(JSON.readTree(response.body()));
    }
    if (status == 404 && NOT_FOUND.contains(errorCode(response.body()))) {
      return Optional.empty();
    }
    throw new RegistryRefusedException(
        "The schema registry "
            + endpoint
            + " answered "
            + what
            + " with "
            + status
            + " ("
            + advice(status)
            + "): "
            + shortened(response.body()));
  }

  private static int errorCode(String body) {
    try {
      return JSON.readTree(body).path("error_code").asInt();
    } catch (JsonProcessingException e) {
      return 0;
    }
  }

  private static String advice(int status) {
    if (status >= 300 && status < 400) {
      return "a redirect, which is not followed: put its target into schema.registry.url";
    }
    return switch (status) {
      case 401, 403 -> "check basic.auth.user.info or bearer.auth.token and their rights";
      case 404 -> "nothing of a registry is there: check the path in schema.registry.url";
      case 409 -> "the schema breaks the subject's compatibility rule";
      case 422 -> "the registry takes no such schema";
      default -> "an unexpected status";
    };
  }

  private static String shortened(String body) {
    String line = body.strip().replaceAll("\\s+", " ");
    return line.length() <= SHOWN_CHARACTERS ? line : line.substring(0, SHOWN_CHARACTERS) + "…";
  }

  private long waitMs(int round) {
    return Math.min((long) settings.waitMs() << Math.min(round - 1, 30), settings.maxWaitMs());
  }
}
