package io.tokenmeter.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks a running instance over HTTP. */
final class RemoteInstance {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Mixin private SettingsOptions settings;

  @Option(names = "--url", description = "Of the instance; what http.listen says by default.")
  private @Nullable String url;

  /**
   * Asks for an organisation's document.
   *
   * @throws CommandException when no instance answers, or it answers with a problem
   */
  JsonNode ask(String org, String document, Map<String, String> parameters) {
    String base = url == null ? "http://" + settings.read().httpListen() : url;
    StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
    parameters.forEach((name, value) -> query.add(name + "=" + encoded(value)));
    URI uri;
    try {
      uri =
          URI.create(
              base + "/v1/orgs/" + encoded(org).replace("+", "%20") + "/" + document + query);
    } catch (IllegalArgumentException e) {
      throw CommandException.wrongUsage("--url is " + base + ", which is no URL");
    }
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
    try {
      HttpResponse<String> response =
          HttpClient.newBuilder()
              .connectTimeout(PATIENCE)
              .build()
              .send(request, HttpResponse.BodyHandlers.ofString());
      return document(base, response);
    } catch (IOException e) {
      throw CommandException.unreachable(
          "no instance answers at " + base + "; start one, or set --url");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.unreachable("interrupted");
    }
  }

  private static JsonNode document(String base, HttpResponse<String> response) {
    JsonNode json;
    try {
      json = MAPPER.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw CommandException.unreachable(base + " answers, but it is no Tokenmeter");
    }
    if (response.statusCode() == 200) {
      return json;
    }
    String detail = json.path("detail").asText(json.path("title").asText("no reason given"));
    ExitCode code =
        response.statusCode() >= 500
            ? ExitCode.UNREACHABLE
            : response.statusCode() == 404 ? ExitCode.CHECK_FAILED : ExitCode.WRONG_USAGE;
    throw new CommandException(code, detail);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
