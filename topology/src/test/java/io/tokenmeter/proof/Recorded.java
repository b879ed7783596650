package io.tokenmeter.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenmeter.schema.KeyMode;
import io.tokenmeter.schema.LlmRequest;
import io.tokenmeter.schema.LlmResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An exchange that somebody recorded, as the raw records that a gateway would have published. */
record Recorded(JsonNode line) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Beside the checkout, or where TOKENMETER_CORPUS says; empty when there is none. */
  static Optional<Path> folder() {
    Path beside = Path.of(System.getProperty("tokenmeter.root", "..")).resolve("../shared/corpus");
    return Optional.of(beside)
        .filter(Files::isDirectory)
        .or(() -> Optional.ofNullable(System.getenv("TOKENMETER_CORPUS")).map(Path::of))
        .filter(Files::isDirectory);
  }

  static List<Recorded> read(Path file) {
    try {
      return Files.readAllLines(file).stream().map(Recorded::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Recorded parse(String line) {
    try {
      return new Recorded(JSON.readTree(line));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String id() {
    return line.path("id").asText();
  }

  /** The provider's own name for the kind of call. */
  String endpoint() {
    return line.path("provider").asText() + " " + line.path("endpoint").asText();
  }

  /** Whether the provider said what was used. */
  boolean hasUsage() {
    return !line.path("reported_usage").isNull();
  }

  LlmRequest request(String org, Instant now) {
    return LlmRequest.newBuilder()
        .setRequestId(id())
        .setOrgId(org)
        .setProvider(line.path("provider").asText())
        .setEndpoint(line.path("path").asText())
        .setModel(line.path("model").textValue())
        .setKeyMode(KeyMode.PLATFORM)
        .setOccurredAt(now)
        .setContentType(line.path("request_content_type").asText())
        .setBody(body("request_body"))
        .setAttributes(Map.of())
        .build();
  }

  LlmResponse response(String org, Instant now) {
    return LlmResponse.newBuilder()
        .setRequestId(id())
        .setOrgId(org)
        .setProvider(line.path("provider").asText())
        .setEndpoint(line.path("path").asText())
        .setOccurredAt(now)
        .setStatus(line.path("status").intValue())
        .setContentType(line.path("response_content_type").asText())
        .setBody(body("response_body"))
        .setAttributes(Map.of())
        .build();
  }

  private ByteBuffer body(String field) {
    String base64 = line.path(field + "_base64").textValue();
    return ByteBuffer.wrap(
        base64 == null
            ? Installation.utf8(line.path(field).asText(""))
            : Base64.getDecoder().decode(base64));
  }
}
