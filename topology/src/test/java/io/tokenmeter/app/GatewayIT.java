package io.tokenmeter.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenmeter.embedded.SharedBroker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What gateways send over HTTP becomes charges, each once. */
@ExtendWith(SharedBroker.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewayIT {
  private static final String LINES = "application/x-ndjson";
  private static final String JSON = "application/json";
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  @TempDir private static Path directory;
  private GatewayStand stand;

  @BeforeAll
  void start() {
    stand = new GatewayStand(GatewayIT.class, directory.resolve("state"));
  }

  @AfterAll
  void audit() {
    assertThat(stand.audited())
        .contains(" + conflict 0", "0 balance differences")
        .endsWith("audit passed\n");
    stand.close();
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private String head(String id, String org) {
    return "{\"id\":\""
        + id
        + "\",\"org_id\":\""
        + org
        + "\",\"provider\":\"openai\",\"path\":\"/v1/chat/completions\",";
  }

  private String exchange(String id, String org) {
    return head(id, org)
        + "\"status\":200,\"recorded_at\":\""
        + now
        + "\",\"request_body\":"
        + quoted("{\"model\":\"gpt-4.1\",\"messages\":[{\"role\":\"user\",\"content\":\"Salut\"}]}")
        + ",\"response_body\":"
        + quoted(GatewayStand.ANSWER)
        + "}";
  }

  /** Three exchanges, one more in halves, the answer first, and a usage record. */
  private List<String> batch(String org) {
    List<String> items = new ArrayList<>();
    for (String id : List.of("a", "b", "c")) {
      items.add(exchange(id, org));
    }
    items.add(
        head("d", org)
            + "\"type\":\"response\",\"status\":200,\"occurred_at\":\""
            + now.plusSeconds(2)
            + "\",\"body\":"
            + quoted(GatewayStand.ANSWER)
            + "}");
    items.add(
        head("d", org)
            + "\"type\":\"request\",\"occurred_at\":\""
            + now
            + "\",\"body\":\"{\\\"model\\\":\\\"gpt-4.1\\\",\\\"messages\\\":[]}\"}");
    items.add(
        "{\"type\":\"usage\",\"id\":\"disk\",\"org_id\":\""
            + org
            + "\",\"meter\":\"storage_token_days\",\"model\":\""
            + Stand.MODEL
            + "\",\"quantity\":\"3.000000000002\",\"occurred_at\":\""
            + now
            + "\"}");
    return items;
  }

  @Test
  void billsABatchOnceThatIsCutOffOnceAndSentThreeTimes() throws IOException {
    String org = "thrice";
    String lines = String.join("\n", batch(org));
    cutOff(lines);
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(zipped)) {
      out.write(lines.getBytes(StandardCharsets.UTF_8));
    }
    for (HttpResponse<String> answer :
        List.of(
            stand.post("/v1/ingest", LINES, lines),
            stand.post("/v1/ingest", LINES, zipped.toByteArray(), "Content-Encoding", "gzip"),
            stand.post("/v1/ingest", JSON, "[" + String.join(",", batch(org)) + "]"))) {
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("{\"accepted\":6,\"refused\":0,\"refusals\":[]}");
    }
    // Four calls, and 3.000000000002 × 0.5.
    stand.awaitBilled(
        org,
        GatewayStand.A_CALL.multiply(BigDecimal.valueOf(4)).add(new BigDecimal("1.500000000001")));
    List<String> ids = new ArrayList<>();
    stand.charges(org).forEach(charge -> ids.add(charge.path("usage_id").asText()));
    assertThat(ids).containsExactlyInAnyOrder("a", "b", "c", "d", "disk");
  }

  /** Sends half of a batch, as a gateway does that is killed, and waits for no answer. */
  private void cutOff(String lines) throws IOException {
    URI uri = URI.create(stand.url());
    byte[] body = lines.getBytes(StandardCharsets.UTF_8);
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /v1/ingest HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                  + GatewayStand.GATEWAY
                  + "\r\nContent-Type: "
                  + LINES
                  + "\r\nContent-Length: "
                  + body.length
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.write(body, 0, body.length / 2);
      out.flush();
    }
  }

  @Test
  void billsSpansOnceHoweverOftenTheyAreExported() {
    String org = "traced";
    String spans =
        """
        {"resourceSpans":[{"resource":{"attributes":[
          {"key":"service.name","value":{"stringValue":"chat"}},
          {"key":"tokenmeter.org_id","value":{"stringValue":"%s"}}]},
         "scopeSpans":[{"scope":{},"spans":[
          {"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174",
           "name":"chat gpt-4.1","kind":3,"startTimeUnixNano":"%d000000000","attributes":[
            {"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},
            {"key":"gen_ai.provider.name","value":{"stringValue":"openai"}},
            {"key":"gen_ai.request.model","value":{"stringValue":"gpt-4.1"}},
            {"key":"gen_ai.input.messages","value":{"stringValue":"what the user said"}},
            {"key":"gen_ai.usage.input_tokens","value":{"intValue":"1000"}},
            {"key":"gen_ai.usage.cache_read.input_tokens","value":{"intValue":"200"}},
            {"key":"gen_ai.usage.cache_creation.input_tokens","value":{"intValue":"100"}},
            {"key":"gen_ai.usage.output_tokens","value":{"intValue":"77"}},
            {"key":"gen_ai.usage.reasoning.output_tokens","value":{"intValue":"33"}}]},
          {"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b175",
           "name":"invoke_agent","startTimeUnixNano":"%d000000000","attributes":[
            {"key":"gen_ai.operation.name","value":{"stringValue":"invoke_agent"}},
            {"key":"gen_ai.usage.input_tokens","value":{"intValue":"1000"}}]},
          {"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b176",
           "name":"sing","startTimeUnixNano":"%d000000000","attributes":[
            {"key":"gen_ai.usage.input_tokens","value":{"intValue":"1000"}}]}]}]}]}
        """
            .formatted(org, now.getEpochSecond(), now.getEpochSecond(), now.getEpochSecond());
    for (int i = 0; i < 3; i++) {
      HttpResponse<String> answer = stand.post("/v1/otlp/v1/traces", JSON, spans);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body())
          .startsWith("{\"partialSuccess\":{\"rejectedSpans\":\"1\"")
          .contains("span eee19b7ec3c1b176: gen_ai.operation.name is missing");
    }
    // 700 × 0.0000037 + 200 × 0.00000093 + 100 × 0.0000041 + 44 × 0.0000111 + 33 × 0.0000113
    stand.awaitBilled(org, new BigDecimal("0.0040473"));
    JsonNode charges = stand.charges(org);
    assertThat(charges).hasSize(5);
    assertThat(charges.toString())
        .contains("5b8efff798038103d269b633813fc60c-eee19b7ec3c1b174-reasoning_tokens")
        .doesNotContain("what the user said");
  }

  @Test
  void letsNobodySayWhatHePaysFor() {
    HttpRequest.Builder own =
        HttpRequest.newBuilder(URI.create(stand.url() + "/v1/ingest"))
            .header("Authorization", "Bearer " + GatewayStand.ACME)
            .header("Content-Type", JSON)
            .POST(HttpRequest.BodyPublishers.ofString(exchange("own", "acme")));
    HttpResponse<String> answer = GatewayStand.send(own);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("GATEWAYS_ONLY");
    stand.post("/v1/ingest", JSON, exchange("first", "known"));
    stand.awaitBilled("known", GatewayStand.A_CALL);
    assertThat(stand.get("/v1/orgs/known/entitlement", GatewayStand.GATEWAY).statusCode())
        .isEqualTo(200);
    assertThat(stand.get("/v1/orgs/known/balance", GatewayStand.GATEWAY).statusCode())
        .isEqualTo(403);
  }
}
