package io.tokenmeter.measured;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.raw.KeyMode;
import io.tokenmeter.raw.OrgId;
import io.tokenmeter.raw.RawUsage;
import io.tokenmeter.raw.Rejected;
import io.tokenmeter.raw.Rejection;
import io.tokenmeter.raw.UsageId;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeasureTest {
  private static final String CHAT = "/v1/chat/completions";

  private static Rejected rejectedRequest(String provider, String path, String body) {
    return Raw.rejected(Raw.MEASURE.request(Raw.request(provider, path, body), Raw.NOW));
  }

  private static RawUsage usage(String meter, String quantity) {
    return new RawUsage(
        new OrgId("acme"),
        new UsageId("u1"),
        Map.of(),
        meter,
        new BigDecimal(quantity),
        null,
        null,
        KeyMode.PLATFORM,
        null,
        Raw.NOW,
        Map.of("tool", "ocr"));
  }

  @Test
  void refusesAPathThatNobodyKnowsAndSaysWhatToDo() {
    Rejected rejected = rejectedRequest("acme\nai", "/v9/ponder?x=1", "{\"thoughts\":1}");
    assertThat(rejected.code()).isEqualTo(Rejection.UNKNOWN_DIALECT);
    assertThat(rejected.message())
        .isEqualTo(
            "no dialect speaks for provider \"acme?ai\" and path \"/v9/ponder\", and the body's"
                + " shape doesn't tell; set endpoint to the path of the provider's API");
  }

  @Test
  void refusesABrokenBodyWithoutQuotingIt() {
    assertThat(rejectedRequest("openai", CHAT, "{\"messages\":[secret").message())
        .isEqualTo("body is not JSON at byte 13; send it decompressed and as it was on the wire");
    assertThat(rejectedRequest("openai", CHAT, "{} {}").message())
        .isEqualTo("body goes on behind its JSON; send one request a record");
    String deep = "{\"messages\":" + "[".repeat(600);
    assertThat(rejectedRequest("openai", CHAT, deep).message())
        .startsWith("body is nested too deeply");
  }

  @Test
  void refusesAnAnswerThatBreaksOffUnlessTheGatewaySaidSo() {
    String half = "{\"usage\":{\"prompt_tokens\":5},\"choices\":[";
    assertThat(
            Raw.rejected(Raw.MEASURE.response(Raw.response("openai", CHAT, 200, half), Raw.NOW))
                .code())
        .isEqualTo(Rejection.BROKEN_BODY);
    MeasuredResponse cut =
        Raw.fact(Raw.MEASURE.response(Raw.response("openai", CHAT, 200, half, true), Raw.NOW));
    assertThat(cut.outcome()).isEqualTo(Outcome.TRUNCATED);
    assertThat(Raw.reported(cut)).containsExactly("input_tokens=5");
  }

  @Test
  void takesAProxysErrorPageForAnError() {
    MeasuredResponse fact =
        Raw.fact(Raw.MEASURE.response(Raw.response(null, null, 502, "<html>Bad gateway"), Raw.NOW));
    assertThat(fact.outcome()).isEqualTo(Outcome.PROVIDER_ERROR);
    assertThat(Raw.reported(fact)).isEmpty();
  }

  @Test
  void clampsATimeThatIsMoreThanFiveMinutesAhead() {
    String body = "{\"model\":\"gpt-4o\",\"messages\":[]}";
    MeasuredRequest ahead =
        Raw.fact(Raw.MEASURE.request(Raw.request("openai", CHAT, body), Raw.NOW.minusSeconds(301)));
    assertThat(ahead.occurredAt()).isEqualTo(Raw.NOW.minusSeconds(301));
    assertThat(ahead.flags()).containsExactly(Flag.TIME_CLAMPED);
    MeasuredRequest near =
        Raw.fact(Raw.MEASURE.request(Raw.request("openai", CHAT, body), Raw.NOW.minusSeconds(300)));
    assertThat(near.occurredAt()).isEqualTo(Raw.NOW);
    assertThat(near.flags()).isEmpty();
  }

  @Test
  void aUsageRecordIsBilledAsItSays() {
    MeasuredUsage fact = Raw.fact(Raw.MEASURE.usage(usage("storage_token_days", "12.5"), Raw.NOW));
    assertThat(Raw.texts(Billable.usage(fact).readings()))
        .containsExactly("storage_token_days=12.5{tool=ocr}");
  }

  @Test
  void refusesAUsageRecordOfAnUnknownMeterOrANegativeQuantity() {
    assertThat(Raw.rejected(Raw.MEASURE.usage(usage("tokns", "1"), Raw.NOW)).code())
        .isEqualTo(Rejection.UNKNOWN_METER);
    assertThat(Raw.rejected(Raw.MEASURE.usage(usage("input_tokens", "-1"), Raw.NOW)).message())
        .isEqualTo("quantity is -1; 0 to 1000000000000000 is allowed");
  }

  @Test
  void readsARequestWhoseModelStandsBehindItsText() {
    MeasuredRequest fact =
        Raw.asked(
            "openai",
            "//v1/chat/completions?x=1",
            "{\"messages\":[{\"content\":\"Hello\",\"role\":\"user\"}],\"max_tokens\":5,"
                + "\"stream\":true,\"model\":\"gpt-4o\"}");
    assertThat(fact.readings())
        .containsExactly(MeterReading.of(Meter.INPUT_TOKENS, 8, Provenance.TOKENIZED));
    assertThat(fact.maxOutputTokens()).isEqualTo(5);
    assertThat(fact.stream()).isTrue();
    assertThat(fact.endpoint()).isEqualTo("/v1/chat/completions");
  }

  @Test
  void filesAndModelsUseNothing() {
    for (String path : new String[] {"/v1/files", "/v1/models/gpt-4o", "/v1/batches/b1/cancel"}) {
      assertThat(Raw.answered("openai", path, "{}").outcome()).isEqualTo(Outcome.NOT_METERED);
    }
  }
}
