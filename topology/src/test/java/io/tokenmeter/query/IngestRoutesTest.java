package io.tokenmeter.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tokenmeter.raw.InvalidRecordException;
import io.tokenmeter.raw.Rejection;
import io.tokenmeter.schema.LlmRequest;
import io.tokenmeter.schema.LlmResponse;
import io.tokenmeter.schema.UsageRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IngestRoutesTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String LINES = "application/x-ndjson";
  private static final String EXCHANGE =
      "{\"id\":\"call-1\",\"org_id\":\"acme\",\"provider\":\"openai\","
          + "\"path\":\"/v1/chat/completions\",\"status\":200,"
          + "\"recorded_at\":\"2026-03-01T10:00:00Z\","
          + "\"request_body\":\"{}\",\"response_body\":\"{}\"}";
  private static final String USAGE =
      "{\"type\":\"usage\",\"id\":\"u-1\",\"org_id\":\"acme\",\"meter\":\"input_tokens\","
          + "\"quantity\":\"7\",\"occurred_at\":\"2026-03-01T10:00:00Z\"}";
  private static final String SPANS =
      "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"tokenmeter.org_id\","
          + "\"value\":{\"stringValue\":\"acme\"}}]},\"scopeSpans\":[{\"spans\":[{"
          + "\"traceId\":\"5b8efff798038103d269b633813fc60c\",\"spanId\":\"eee19b7ec3c1b174\","
          + "\"startTimeUnixNano\":\"1772359200123456789\",\"attributes\":["
          + "{\"key\":\"gen_ai.operation.name\",\"value\":{\"stringValue\":\"chat\"}},"
          + "{\"key\":\"gen_ai.usage.input_tokens\",\"value\":{\"intValue\":\"1000\"}}]}]}]}]}";

  private final Fleet fleet = new Fleet();
  private final Fleet.Member instance = fleet.start();

  @AfterEach
  void stop() {
    fleet.close();
  }

  private HttpResponse<String> post(String path, String type, byte[] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://" + instance.self() + path))
            .header("Authorization", "Bearer " + Fleet.GATEWAY)
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return instance.send(request.build());
  }

  private HttpResponse<String> ingest(String type, String body) {
    return post("/v1/ingest", type, body.getBytes(StandardCharsets.UTF_8));
  }

  private HttpResponse<String> traces(String body) {
    return post("/v1/otlp/v1/traces", "application/json", body.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void publishesABatchInEachFormAndAnswersWhenItIsTaken() throws IOException {
    HttpResponse<String> lines = ingest(LINES + "; charset=utf-8", EXCHANGE + "\n" + USAGE + "\n");
    assertThat(lines.statusCode()).as(lines.body()).isEqualTo(200);
    assertThat(lines.body()).isEqualTo("{\"accepted\":2,\"refused\":0,\"refusals\":[]}");
    String array = "[" + EXCHANGE + "," + USAGE + "]";
    assertThat(ingest("application/json", array).statusCode()).isEqualTo(200);
    assertThat(ingest("application/json", EXCHANGE).statusCode()).isEqualTo(200);
    HttpResponse<String> zipped =
        post("/v1/ingest", "application/json", gzip(array), "Content-Encoding", "gzip");
    assertThat(zipped.body()).contains("\"accepted\":2");
    assertThat(instance.topics.values(LlmRequest.class)).hasSize(4);
    assertThat(instance.topics.values(LlmResponse.class)).hasSize(4);
    assertThat(instance.topics.values(UsageRecord.class)).hasSize(3);
    assertThat(instance.ask("/metrics").body())
        .contains("tokenmeter_ingest_records_total{topic=\"usage.records\"} 3.0");
  }

  @Test
  void takesWhatIsGoodOfABatchAndNamesTheRest() throws JsonProcessingException {
    HttpResponse<String> answer =
        ingest(
            LINES,
            EXCHANGE
                + "\nthe secret text\n"
                + USAGE.replace("\"7\"", "\"-7\"")
                + "\n"
                + USAGE
                + "\n");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).doesNotContain("secret");
    JsonNode view = JSON.readTree(answer.body());
    assertThat(view.path("accepted").intValue()).isEqualTo(2);
    assertThat(view.path("refusals").get(0).toString())
        .isEqualTo(
            "{\"index\":1,\"code\":\"UNREADABLE\","
                + "\"detail\":\"the line is no JSON object; send one a line\"}");
    assertThat(view.path("refusals").get(1).toString())
        .startsWith("{\"index\":2,\"id\":\"u-1\",\"code\":\"INVALID_QUANTITY\"");
    assertThat(instance.topics.records()).hasSize(3);
    assertThat(instance.ask("/metrics").body())
        .contains("tokenmeter_ingest_refused_total{reason=\"UNREADABLE\"} 1.0");
  }

  @Test
  void answersOnlyOnceTheBrokersHaveIt() {
    CompletableFuture<Void> arrived = new CompletableFuture<>();
    instance.topics.answer(record -> arrived);
    CompletableFuture<HttpResponse<String>> answer =
        CompletableFuture.supplyAsync(() -> ingest("application/json", USAGE));
    Awaitility.await().until(() -> instance.topics.records().size() == 1);
    assertThat(answer).isNotDone();
    arrived.complete(null);
    assertThat(answer.orTimeout(10, TimeUnit.SECONDS).join().statusCode()).isEqualTo(200);
  }

  @Test
  void saysThatTheSameMayBeSentAgainWhenTheBrokersDoNotAnswer() {
    instance.topics.answer(
        record ->
            CompletableFuture.failedFuture(
                new ProblemException(ProblemCode.BROKERS_AWAY, "send the same again")));
    HttpResponse<String> answer = ingest(LINES, USAGE + "\n" + USAGE);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    assertThat(answer.body()).contains("BROKERS_AWAY");
    assertThat(traces(SPANS).statusCode()).isEqualTo(503);
    assertThat(traces(SPANS).body()).isEqualTo("{\"message\":\"send the same again\"}");
  }

  @Test
  void refusesAnItemThatTheBrokersWillNeverTake() {
    instance.topics.answer(
        record ->
            record.value() instanceof LlmResponse
                ? CompletableFuture.failedFuture(
                    new InvalidRecordException(Rejection.INVALID_FIELD, "it is too large"))
                : CompletableFuture.completedFuture(null));
    HttpResponse<String> answer = ingest(LINES, EXCHANGE + "\n" + USAGE);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("\"accepted\":1,\"refused\":1", "it is too large");
  }

  @Test
  void takesBodiesThatAreLargerThanOtherPathsTake() {
    String large = "a".repeat(3 << 20);
    HttpResponse<String> answer =
        ingest(
            LINES,
            EXCHANGE.replace("\"response_body\":\"{}\"", "\"response_body\":\"" + large + "\""));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(instance.topics.values(LlmResponse.class).get(0).getBody().remaining())
        .isEqualTo(3 << 20);
  }

  @Test
  void refusesWhatIsTooLargeAlsoWhenItIsCompressed() throws IOException {
    String large = "[" + " ".repeat(1 << 20).repeat(33) + "]";
    assertThat(ingest("application/json", large).statusCode()).isEqualTo(413);
    HttpResponse<String> zipped =
        post("/v1/ingest", "application/json", gzip(large), "Content-Encoding", "gzip");
    assertThat(zipped.statusCode()).isEqualTo(413);
    assertThat(zipped.body()).contains("over 32 MiB, decompressed; send fewer items at a time");
    HttpResponse<String> many = ingest(LINES, (USAGE + "\n").repeat(IngestRoutes.MOST_ITEMS + 1));
    assertThat(many.statusCode()).isEqualTo(413);
    assertThat(many.body()).contains("more than 1000 items");
    assertThat(instance.ask("/metrics").body()).contains("tokenmeter_ingest_held_bytes 0.0");
  }

  @Test
  void refusesWhatItCannotRead() throws IOException {
    assertThat(ingest("text/plain", USAGE).statusCode()).isEqualTo(415);
    byte[] body = USAGE.getBytes(StandardCharsets.UTF_8);
    assertThat(post("/v1/ingest", "application/json", body, "Content-Encoding", "br").statusCode())
        .isEqualTo(415);
    assertThat(
            post("/v1/ingest", "application/json", body, "Content-Encoding", "gzip").statusCode())
        .isEqualTo(400);
    HttpResponse<String> broken = ingest("application/json", "[" + USAGE + ", secret");
    assertThat(broken.statusCode()).isEqualTo(400);
    assertThat(broken.body())
        .contains("INVALID_BODY", "1 items before it")
        .doesNotContain("secret");
  }

  @Test
  void publishesSpansAsUsage() {
    HttpResponse<String> answer = traces(SPANS);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{}");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(instance.topics.values(UsageRecord.class))
        .singleElement()
        .satisfies(
            usage ->
                assertThat(usage.getUsageId())
                    .isEqualTo("5b8efff798038103d269b633813fc60c-eee19b7ec3c1b174-input_tokens"));
  }

  @Test
  void countsTheSpansThatCannotBeBilled() {
    HttpResponse<String> answer = traces(SPANS.replace("tokenmeter.org_id", "org"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"partialSuccess\":{\"rejectedSpans\":\"1\",\"errorMessage\":\"span eee19b7ec3c1b174:"
                + " neither span nor resource has tokenmeter.org_id; set it to the id of who"
                + " pays\"}}");
    assertThat(instance.topics.records()).isEmpty();
  }

  @Test
  void saysWhatToDoWithProtobuf() {
    HttpResponse<String> answer =
        post("/v1/otlp/v1/traces", "application/x-protobuf", new byte[] {10, 0});
    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(answer.body()).contains("http/json", "`encoding: json`");
    assertThat(traces("[]").statusCode()).isEqualTo(400);
  }
}
