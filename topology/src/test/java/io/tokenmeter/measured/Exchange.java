package io.tokenmeter.measured;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenmeter.raw.Body;
import io.tokenmeter.raw.KeyMode;
import io.tokenmeter.raw.OrgId;
import io.tokenmeter.raw.RawRequest;
import io.tokenmeter.raw.RawResponse;
import io.tokenmeter.raw.UsageId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** A recorded exchange of the corpus as the raw records that a gateway would publish. */
record Exchange(JsonNode line) {
  static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

  String id() {
    return line.path("id").asText();
  }

  String provider() {
    return line.path("provider").asText();
  }

  String endpoint() {
    return line.path("endpoint").asText();
  }

  JsonNode usage() {
    return line.path("reported_usage");
  }

  RawRequest request() {
    return new RawRequest(
        new OrgId("org"),
        new UsageId(id()),
        Map.of(),
        provider(),
        line.path("path").asText(),
        null,
        KeyMode.PLATFORM,
        NOW,
        line.path("request_content_type").asText(),
        body("request_body"),
        Map.of());
  }

  RawResponse response() {
    return response(provider(), line.path("path").asText());
  }

  /** As from a gateway that says neither who answered nor where. */
  RawResponse bareResponse() {
    return response(null, null);
  }

  private RawResponse response(String provider, String path) {
    return new RawResponse(
        new OrgId("org"),
        new UsageId(id()),
        provider,
        path,
        line.path("model").isTextual() ? line.path("model").asText() : null,
        NOW,
        line.path("status").asInt(),
        line.path("response_content_type").asText(),
        body("response_body"),
        false,
        headers());
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new TreeMap<>();
    line.path("usage_headers")
        .properties()
        .forEach(h -> headers.put(h.getKey(), h.getValue().asText()));
    return headers;
  }

  private Body body(String field) {
    JsonNode base64 = line.path(field + "_base64");
    return Body.of(
        base64.isTextual()
            ? Base64.getDecoder().decode(base64.asText())
            : line.path(field).asText("").getBytes(StandardCharsets.UTF_8));
  }
}
