package io.tokenmeter.ingest.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.raw.InvalidRecordException;
import io.tokenmeter.raw.Rejection;
import io.tokenmeter.schema.KeyMode;
import io.tokenmeter.schema.UsageRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpanMeterTest {
  private static final String TRACE = "5b8efff798038103d269b633813fc60c";
  private static final String SPAN = "eee19b7ec3c1b174";
  private final SpanMeter meter = new SpanMeter(SpanMeter.ORGANISATION);

  /** An attribute in the JSON of OTLP; a number is an intValue. */
  private static String attribute(String name, Object value) {
    String form = value instanceof Number ? "{\"intValue\":\"%s\"}" : "{\"stringValue\":\"%s\"}";
    return "{\"key\":\"" + name + "\",\"value\":" + form.formatted(value) + "}";
  }

  private static String span(Map<String, Object> attributes) {
    return "{\"traceId\":\""
        + TRACE.toUpperCase(java.util.Locale.ROOT)
        + "\",\"spanId\":\""
        + SPAN
        + "\",\"name\":\"chat gpt-4.1\",\"kind\":3,\"startTimeUnixNano\":\"1772359200123456789\","
        + "\"endTimeUnixNano\":\"1772359201000000000\",\"attributes\":["
        + String.join(
            ",",
            new TreeMap<>(attributes)
                .entrySet().stream().map(e -> attribute(e.getKey(), e.getValue())).toList())
        + "],\"status\":{}}";
  }

  private static String request(String resourceAttributes, String... spans) {
    return "{\"resourceSpans\":[{\"resource\":{\"attributes\":["
        + resourceAttributes
        + "]},\"scopeSpans\":[{\"scope\":{\"name\":\"x\"},\"spans\":["
        + String.join(",", spans)
        + "]}]}]}";
  }

  private List<SpanUsage> read(String json) throws IOException {
    List<SpanUsage> usages = new ArrayList<>();
    meter.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), usages::add);
    return usages;
  }

  private SpanUsage one(Map<String, Object> attributes) throws IOException {
    List<SpanUsage> usages = read(request("", span(attributes)));
    assertThat(usages).hasSize(1);
    return usages.get(0);
  }

  private static Map<String, String> quantities(SpanUsage usage) {
    assertThat(usage).isInstanceOf(SpanUsage.Metered.class);
    Map<String, String> quantities = new TreeMap<>();
    ((SpanUsage.Metered) usage)
        .records()
        .forEach(
            record -> {
              UsageRecord value = (UsageRecord) record.value();
              quantities.put(
                  value.getMeter(), value.getQuantity().stripTrailingZeros().toPlainString());
            });
    return quantities;
  }

  private static Map<String, Object> chat(Object... more) {
    Map<String, Object> attributes = new TreeMap<>();
    attributes.put("gen_ai.operation.name", "chat");
    attributes.put("gen_ai.provider.name", "azure.ai.openai");
    attributes.put("gen_ai.request.model", "gpt-4.1");
    attributes.put("gen_ai.response.model", "gpt-4.1-2025-04-14");
    attributes.put("tokenmeter.org_id", "acme");
    attributes.put("gen_ai.usage.input_tokens", 1000);
    attributes.put("gen_ai.usage.output_tokens", 180);
    for (int i = 0; i < more.length; i += 2) {
      if (more[i + 1].equals("")) {
        attributes.remove(more[i]);
      } else {
        attributes.put((String) more[i], more[i + 1]);
      }
    }
    return attributes;
  }

  @Test
  void makesARecordAMeterUnderTheSpansOwnId() throws IOException {
    SpanUsage usage =
        one(
            chat(
                "tokenmeter.project_id",
                "p1",
                "tokenmeter.user_id",
                "u1",
                "tokenmeter.api_key_id",
                "k1",
                "tokenmeter.key_mode",
                "own",
                "openai.response.service_tier",
                "flex"));
    assertThat(((SpanUsage.Metered) usage).records())
        .allSatisfy(record -> assertThat(record.key()).isEqualTo("acme"))
        .extracting(record -> ((UsageRecord) record.value()).getUsageId())
        .containsExactly(
            TRACE + "-" + SPAN + "-input_tokens", TRACE + "-" + SPAN + "-output_tokens");
    assertThat((UsageRecord) ((SpanUsage.Metered) usage).records().get(0).value())
        .isEqualTo(
            UsageRecord.newBuilder()
                .setUsageId(TRACE + "-" + SPAN + "-input_tokens")
                .setOrgId("acme")
                .setProjectId("p1")
                .setUserId("u1")
                .setApiKeyId("k1")
                .setMeter("input_tokens")
                .setQuantity(new java.math.BigDecimal("1000.000000000000"))
                .setProvider("azure")
                .setModel("gpt-4.1")
                .setKeyMode(KeyMode.OWN)
                .setOccurredAt(Instant.parse("2026-03-01T10:00:00.123Z"))
                .setAttributes(Map.of("service_tier", "flex"))
                .build());
  }

  @Test
  void takesPartsOutOfTheirWholes() throws IOException {
    assertThat(
            quantities(
                one(
                    chat(
                        "gen_ai.usage.cache_read.input_tokens",
                        600,
                        "gen_ai.usage.cache_creation.input_tokens",
                        300,
                        "gen_ai.usage.reasoning.output_tokens",
                        180))))
        .isEqualTo(
            Map.of(
                "input_tokens", "100",
                "cached_input_tokens", "600",
                "cache_write_5m_tokens", "300",
                "reasoning_tokens", "180"));
  }

  @Test
  void readsFormerNamesWhereTheNewOnesAreMissing() throws IOException {
    SpanUsage usage =
        one(
            chat(
                "gen_ai.usage.input_tokens",
                "",
                "gen_ai.usage.output_tokens",
                "",
                "gen_ai.provider.name",
                "",
                "gen_ai.request.model",
                "",
                "gen_ai.system",
                "vertex_ai",
                "gen_ai.usage.prompt_tokens",
                7,
                "gen_ai.usage.completion_tokens",
                3));
    assertThat(quantities(usage)).isEqualTo(Map.of("input_tokens", "7", "output_tokens", "3"));
    UsageRecord record = (UsageRecord) ((SpanUsage.Metered) usage).records().get(0).value();
    assertThat(record.getProvider()).isEqualTo("google");
    assertThat(record.getModel()).isEqualTo("gpt-4.1-2025-04-14");
  }

  @Test
  void countsAnEmbeddingsTokensAsSuch() throws IOException {
    assertThat(
            quantities(
                one(chat("gen_ai.operation.name", "embeddings", "gen_ai.usage.output_tokens", 0))))
        .isEqualTo(Map.of("embedding_tokens", "1000"));
  }

  /** Their tokens are those of the calls within, which have spans of their own. */
  @ParameterizedTest
  @ValueSource(
      strings = {"invoke_agent", "create_agent", "invoke_workflow", "execute_tool", "retrieval"})
  void billsNothingForASpanAroundCalls(String operation) throws IOException {
    assertThat(one(chat("gen_ai.operation.name", operation))).isInstanceOf(SpanUsage.Nothing.class);
  }

  @Test
  void passesOverSpansWithoutUsage() throws IOException {
    assertThat(one(Map.of("http.request.method", "POST"))).isInstanceOf(SpanUsage.Nothing.class);
    assertThat(one(chat("gen_ai.usage.input_tokens", 0, "gen_ai.usage.output_tokens", 0)))
        .isInstanceOf(SpanUsage.Nothing.class);
    assertThat(read("{}")).isEmpty();
    assertThat(read("{\"resourceSpans\":null,\"other\":{\"a\":[1]}}")).isEmpty();
  }

  @Test
  void takesTheOrganisationFromTheSpanThenFromTheResourceWhereverItStands() throws IOException {
    String own = span(chat("tokenmeter.org_id", "beta"));
    String resources = span(chat("tokenmeter.org_id", ""));
    String behind =
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":["
            + own
            + ","
            + resources
            + "]}],\"resource\":{\"attributes\":["
            + attribute("tokenmeter.org_id", 42)
            + "]}}]}";
    assertThat(read(behind))
        .extracting(
            usage ->
                ((UsageRecord) ((SpanUsage.Metered) usage).records().get(0).value()).getOrgId())
        .containsExactly("beta", "42");
  }

  @Test
  void readsAnotherAttributeForTheOrganisationWhenToldTo() {
    Span span =
        new Span(
            TRACE,
            SPAN,
            "1772359200123456789",
            Map.of(
                "customer.id",
                new Attribute.Text("acme"),
                GenAi.OPERATION,
                new Attribute.Text("chat"),
                GenAi.INPUT,
                new Attribute.Whole(1)));
    assertThat(new SpanMeter("customer.id").usage(span)).isInstanceOf(SpanUsage.Metered.class);
    assertThat(meter.usage(span)).isInstanceOf(SpanUsage.Refused.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tokenmeter.org_id | '' | MISSING_ID | neither span nor resource has tokenmeter.org_id",
        "gen_ai.operation.name | '' | INVALID_FIELD | gen_ai.operation.name is missing, so it can't",
        "gen_ai.operation.name | sing | INVALID_FIELD | gen_ai.operation.name is none that is known",
        "gen_ai.usage.input_tokens | many | INVALID_QUANTITY | gen_ai.usage.input_tokens is no whole",
        "tokenmeter.key_mode | mine | INVALID_FIELD | tokenmeter.key_mode is neither PLATFORM nor OWN",
        "gen_ai.usage.cache_read_input_tokens | 5 | INVALID_FIELD | isn't of the conventions, and does",
      })
  void refusesWhatItWouldHaveToGuess(String name, String value, Rejection code, String message)
      throws IOException {
    assertThat(one(chat(name, value)))
        .isInstanceOfSatisfying(
            SpanUsage.Refused.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(code);
              assertThat(refused.message()).contains(message).doesNotContain("many", "mine");
              assertThat(refused.spanId()).isEqualTo(SPAN);
            });
  }

  /** As of an instrumentation that sends Anthropic's own figures, which exclude the cache. */
  @Test
  void refusesPartsThatAreLargerThanTheirWhole() throws IOException {
    assertThat(one(chat("gen_ai.usage.cache_read.input_tokens", 1001)))
        .isInstanceOfSatisfying(
            SpanUsage.Refused.class,
            refused ->
                assertThat(refused.message())
                    .contains("gen_ai.usage.input_tokens is 1000 and its parts are 1001"));
    assertThat(one(chat("gen_ai.usage.reasoning.output_tokens", 181)))
        .isInstanceOf(SpanUsage.Refused.class);
  }

  @ParameterizedTest
  @CsvSource({
    "5b8efff798038103d269b633813fc60c, W47/95gDgQPSabYzgT/GDA==",
    "eee19b7ec3c1b174, 0000000000000000",
    "1772359200123456789, 9999999999999999999",
    "1772359200123456789, 0",
  })
  void refusesASpanWithoutAnIdOrATime(String good, String bad) throws IOException {
    String span = span(chat()).toLowerCase(java.util.Locale.ROOT);
    String json =
        request(
            "",
            span.replace("traceid", "traceId")
                .replace("spanid", "spanId")
                .replace("starttimeunixnano", "startTimeUnixNano")
                .replace("stringvalue", "stringValue")
                .replace("intvalue", "intValue")
                .replace(good, bad));
    assertThat(read(json)).hasSize(1).first().isInstanceOf(SpanUsage.Refused.class);
  }

  @Test
  void keepsNoMessageWhateverStandsAroundIt() throws IOException {
    String secret =
        "{\"key\":\"gen_ai.input.messages\",\"value\":{\"stringValue\":\"what the user said\"}},"
            + "{\"value\":{\"stringValue\":\"what the model said\"},\"key\":\"gen_ai.output.messages\"},"
            + "{\"key\":\"gen_ai.system_instructions\",\"value\":{\"arrayValue\":{\"values\":[]}}},"
            + "{\"key\":\"gen_ai.usage.input_tokens\",\"value\":{\"doubleValue\":1000.0}},";
    String json =
        request(
            "",
            span(chat("gen_ai.usage.input_tokens", ""))
                .replace("\"attributes\":[", "\"attributes\":[" + secret));
    List<SpanUsage> usages = read(json);
    assertThat(quantities(usages.get(0))).containsEntry("input_tokens", "1000");
    assertThat(usages.toString()).doesNotContain("said");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{} {}",
        "{\"resourceSpans\":{}}",
        "{\"resourceSpans\":[7]}",
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[[]]}]}]}",
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"attributes\":[1]}]}]}]}",
      })
  void saysWhenItIsNoExportRequest(String json) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(InvalidRecordException.class)
        .hasMessageContaining("send an object with resourceSpans");
  }
}
