package io.tokenmeter.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.raw.InvalidRecordException;
import io.tokenmeter.raw.Rejection;
import io.tokenmeter.schema.KeyMode;
import io.tokenmeter.schema.LlmRequest;
import io.tokenmeter.schema.LlmResponse;
import io.tokenmeter.schema.UsageRecord;
import io.tokenmeter.topics.Topics;
import io.tokenmeter.wire.ContentHasher;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ItemsTest {
  private static final String EXCHANGE =
      """
      {"id":"call-1","org_id":"acme","provider":"OpenAI","path":"/v1/chat/completions",
       "status":200,"recorded_at":"2026-03-01T11:00:00.123456+01:00","key_mode":"own",
       "project_id":"p1","user_id":"u1","api_key_id":"k1","conversation_id":"c1",
       "answered_at":"2026-03-01T10:00:02Z","truncated":true,
       "attributes":{"service_tier":"flex"},"usage_headers":{"X-Amzn-Count":"7"},
       "request_content_type":"application/json","response_content_type":"text/event-stream",
       "request_body":"{\\"a\\":\\"سلام\\"}","response_body_base64":"/wD+"}
      """;

  private static String line(String json) {
    return json.replace("\n", "");
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Item> all(Items items) throws IOException {
    List<Item> all = new ArrayList<>();
    for (Optional<Item> next = items.next(); next.isPresent(); next = items.next()) {
      all.add(next.get());
    }
    return all;
  }

  private static Item one(String json) throws IOException {
    List<Item> all = all(Items.json(stream(json)));
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private static List<RawRecord> records(String json) throws IOException {
    assertThat(one(json)).isInstanceOf(Item.Taken.class);
    return ((Item.Taken) one(json)).records();
  }

  @Test
  void makesARequestAndAnAnswerOfAnExchange() throws IOException {
    List<RawRecord> records = records(EXCHANGE);
    assertThat(records)
        .extracting(RawRecord::topic)
        .containsExactly(Topics.LLM_REQUESTS, Topics.LLM_RESPONSES);
    assertThat(records).extracting(RawRecord::key).containsOnly("c1");
    LlmRequest request = (LlmRequest) records.get(0).value();
    LlmResponse response = (LlmResponse) records.get(1).value();
    assertThat(request)
        .isEqualTo(
            LlmRequest.newBuilder()
                .setRequestId("call-1")
                .setOrgId("acme")
                .setProjectId("p1")
                .setUserId("u1")
                .setApiKeyId("k1")
                .setProvider("openai")
                .setEndpoint("/v1/chat/completions")
                .setKeyMode(KeyMode.OWN)
                .setOccurredAt(Instant.parse("2026-03-01T10:00:00.123Z"))
                .setContentType("application/json")
                .setBody(ByteBuffer.wrap("{\"a\":\"سلام\"}".getBytes(StandardCharsets.UTF_8)))
                .setAttributes(Map.of("service_tier", "flex"))
                .build());
    assertThat(response)
        .isEqualTo(
            LlmResponse.newBuilder()
                .setRequestId("call-1")
                .setOrgId("acme")
                .setProvider("openai")
                .setEndpoint("/v1/chat/completions")
                .setOccurredAt(Instant.parse("2026-03-01T10:00:02Z"))
                .setStatus(200)
                .setContentType("text/event-stream")
                .setBody(ByteBuffer.wrap(new byte[] {(byte) 0xff, 0, (byte) 0xfe}))
                .setTruncated(true)
                .setAttributes(Map.of("service_tier", "flex", "x-amzn-count", "7"))
                .build());
  }

  /** The ledger tells copies by the content, so whatever isn't the same would be a conflict. */
  @Test
  void makesTheSameContentOfTheSameItemHoweverItIsWritten() throws IOException {
    String other =
        "["
            + EXCHANGE
                .replace("\"key_mode\":\"own\",", "")
                .replaceFirst("\\{", "{\"key_mode\":\"OWN\",")
            + "]";
    List<RawRecord> first = records(EXCHANGE);
    List<RawRecord> again = ((Item.Taken) all(Items.json(stream(other))).get(0)).records();
    ContentHasher hasher = new ContentHasher();
    assertThat(hasher.hash((LlmRequest) again.get(0).value()))
        .isEqualTo(hasher.hash((LlmRequest) first.get(0).value()));
    assertThat(hasher.hash((LlmResponse) again.get(1).value()))
        .isEqualTo(hasher.hash((LlmResponse) first.get(1).value()));
  }

  @Test
  void makesHalvesThatAreThoseOfTheWhole() throws IOException {
    String head =
        "{\"id\":\"x\",\"org_id\":\"acme\",\"provider\":\"openai\",\"path\":\"/v1/chat/completions\",";
    List<RawRecord> whole =
        records(
            head
                + "\"recorded_at\":\"2026-03-01T10:00:00Z\",\"status\":200,"
                + "\"request_body\":\"{}\",\"response_body\":\"[]\"}");
    List<RawRecord> request =
        records(
            head
                + "\"type\":\"request\",\"occurred_at\":\"2026-03-01T10:00:00Z\",\"body\":\"{}\"}");
    List<RawRecord> response =
        records(
            head
                + "\"type\":\"response\",\"occurred_at\":\"2026-03-01T10:00:00Z\",\"status\":200,"
                + "\"body\":\"[]\"}");
    assertThat(List.of(request.get(0), response.get(0))).isEqualTo(whole);
    assertThat(whole.get(0).key()).isEqualTo("acme");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1200.000000000001\"", "\"12\"", "12"})
  void takesQuantitiesToTheLastDigit(String quantity) throws IOException {
    UsageRecord usage =
        (UsageRecord)
            records(
                    "{\"type\":\"usage\",\"id\":\"u\",\"org_id\":\"acme\",\"meter\":\"input_tokens\","
                        + "\"model\":\"gpt-4.1\",\"occurred_at\":\"2026-03-01T10:00:00Z\","
                        + "\"quantity\":"
                        + quantity
                        + "}")
                .get(0)
                .value();
    assertThat(usage.getQuantity()).isEqualByComparingTo(quantity.replace("\"", ""));
    assertThat(usage.getQuantity().scale()).isEqualTo(12);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"id\":\"call-1\", | `` | MISSING_ID | id is missing; give each call one of its own",
        "\"org_id\":\"acme\", | `` | MISSING_ID | org_id is missing; say who pays",
        "\"org_id\":\"acme\" | \"org_id\":\" \" | INVALID_ID | org_id holds control characters",
        "\"id\":\"call-1\" | \"id\":7 | INVALID_FIELD | id is no JSON string",
        "\"provider\":\"OpenAI\", | `` | INVALID_FIELD | provider is missing; name who answers",
        "\"status\":200, | `` | INVALID_FIELD | status is missing; set it to the answer's",
        "\"status\":200 | \"status\":99 | INVALID_FIELD | status is 99; set it to an HTTP status",
        "\"status\":200 | \"status\":\"200\" | INVALID_FIELD | status is no whole number",
        "\"key_mode\":\"own\" | \"key_mode\":\"mine\" | INVALID_FIELD | key_mode is neither PLATFORM",
        "\"recorded_at\" | \"occurred_at\" | INVALID_FIELD | occurred_at doesn't go with the type exch",
        "2026-03-01T11:00:00.123456+01:00 | yesterday | INVALID_FIELD | recorded_at is no time of RFC",
        "2026-03-01T11:00:00.123456+01:00 | 1970-01-01T00:00:00Z | INVALID_FIELD | from the year 2000",
        "2026-03-01T11:00:00.123456+01:00 | +999999999-01-01T00:00:00Z | INVALID_FIELD | no time of RF",
        "\"truncated\":true | \"truncated\":\"yes\" | INVALID_FIELD | truncated is neither true nor",
        "\"request_body\" | \"requets_body\" | INVALID_FIELD | nearest that exists is request_body",
        "\"request_body\":\"{ | \"request_body_base64\":\"{ | INVALID_FIELD | request_body_base64 is not b",
        "\"user_id\" | \"id\" | INVALID_FIELD | the item has id twice; leave one out",
        "\"/wD+\" | {\"choices\":[1]} | INVALID_FIELD | response_body_base64 is no JSON string",
        "{\"service_tier\":\"flex\"} | {\"billing_type\":\"x\"} | INVALID_FIELD | billing_type is \"x\"; al",
        "{\"service_tier\":\"flex\"} | {\"a\":[1,{\"b\":2}]} | INVALID_FIELD | a value of attributes is no",
        "\"provider\" | \"type\":\"call\",\"provider\" | INVALID_FIELD | type is none of exchange, request,",
        "\"provider\" | \"type\":\"usage\",\"provider\" | INVALID_FIELD | path doesn't go with the type usa",
      })
  void refusesAnItemThatIsWrongAndSaysWhatIs(
      String good, String bad, Rejection code, String message) throws IOException {
    assertThat(EXCHANGE).contains(good);
    Item item = one(EXCHANGE.replace(good, bad));
    assertThat(item)
        .isInstanceOfSatisfying(
            Item.Refused.class,
            refused -> {
              assertThat(refused.message()).contains(message).doesNotContain("سلام");
              assertThat(refused.code()).isEqualTo(code);
            });
  }

  @Test
  void asksForABodyAlsoWhereThereWasNone() throws IOException {
    String without = EXCHANGE.replaceAll(",\\s+\"request_body\":[^\\n]+\"response", ",\"response");
    assertThat(one(without))
        .isInstanceOfSatisfying(
            Item.Refused.class,
            refused ->
                assertThat(refused.message())
                    .isEqualTo(
                        "request_body is missing; set it or request_body_base64, to \"\" where"
                            + " there was none"));
    String empty = without.replace("\"status\"", "\"request_body\":\"\",\"status\"");
    assertThat(((LlmRequest) records(empty).get(0).value()).getBody().remaining()).isZero();
  }

  @Test
  void refusesABodyOverEightMebibytesAlone() throws IOException {
    String large = "x".repeat(ItemReader.LARGEST_BODY + 1);
    List<Item> items =
        all(
            Items.lines(
                stream(
                    line(EXCHANGE).replace("{\\\"a\\\":\\\"سلام\\\"}", large)
                        + "\n"
                        + line(EXCHANGE))));
    assertThat(items.get(0))
        .isInstanceOfSatisfying(
            Item.Refused.class,
            refused -> assertThat(refused.message()).contains("at most 8388608 are allowed"));
    assertThat(items.get(1)).isInstanceOf(Item.Taken.class);
  }

  @Test
  void refusesALineThatIsNoneAndReadsTheOthers() throws IOException {
    String good = line(EXCHANGE);
    List<Item> items =
        all(
            Items.lines(
                stream(
                    "\r\n"
                        + good
                        + "\r\nsecret text\n"
                        + good
                        + good
                        + "\n{\"id\":\"a\n\n[]\n"
                        + good)));
    assertThat(items)
        .extracting(Item::getClass)
        .containsExactly(
            Item.Taken.class,
            Item.Refused.class,
            Item.Refused.class,
            Item.Refused.class,
            Item.Refused.class,
            Item.Taken.class);
    assertThat(items).extracting(Item::index).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(items.get(1))
        .isEqualTo(
            new Item.Refused(
                1, null, Rejection.UNREADABLE, "the line is no JSON object; send one a line"));
  }

  @Test
  void readsLinesWhereverTheyAreCutOnTheirWay() throws IOException {
    String three = (line(EXCHANGE) + "\n").repeat(3);
    byte[] bytes = three.getBytes(StandardCharsets.UTF_8);
    for (int size = 1; size < 40; size += 7) {
      int most = size;
      InputStream slow =
          new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
              return super.read(into, offset, Math.min(most, length));
            }
          };
      assertThat(all(Items.lines(slow))).hasSize(3).allMatch(Item.Taken.class::isInstance);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7", "\"x\"", "[", "[{}", "[{}] x", "{} {}", "[{},]", "\u0000"})
  void saysWhenADocumentIsNoBatch(String text) {
    assertThatThrownBy(() -> all(Items.json(stream(text))))
        .isInstanceOf(InvalidRecordException.class)
        .hasMessageContaining("the body is no JSON object or array of them from byte");
  }

  @Test
  void readsAnEmptyBatch() throws IOException {
    assertThat(all(Items.json(stream("[]")))).isEmpty();
    assertThat(all(Items.lines(stream("\n \n")))).isEmpty();
  }
}
