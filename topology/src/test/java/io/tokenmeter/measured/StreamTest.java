package io.tokenmeter.measured;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.raw.Body;
import io.tokenmeter.raw.OrgId;
import io.tokenmeter.raw.RawResponse;
import io.tokenmeter.raw.Rejection;
import io.tokenmeter.raw.UsageId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamTest {
  private static final String CHAT = "/v1/chat/completions";
  private static final String HELLO =
      "data: {\"id\":\"c1\",\"model\":\"gpt-4o\",\"choices\":[{\"delta\":{\"content\":\"Hel\"},"
          + "\"index\":0}]}\n\n"
          + "data: {\"id\":\"c1\",\"model\":\"gpt-4o\",\"choices\":[{\"delta\":{\"content\":\"lo\"},"
          + "\"index\":0,\"finish_reason\":null}]}\n\n";
  private static final String STOP =
      "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\",\"index\":0}]}\n\n";
  private static final String USAGE =
      "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":1,"
          + "\"total_tokens\":10}}\n\n";

  private static MeasuredResponse chat(String events) {
    return Raw.answered("openai", CHAT, events);
  }

  private static String counted(MeasuredResponse fact) {
    return String.join(
        " ",
        Raw.texts(
            fact.readings().stream()
                .filter(r -> r.provenance() != Provenance.REPORTED && r.meter() != Meter.REQUESTS)
                .toList()));
  }

  @Test
  void countsTheTextOfAStreamAsOneNotByItsPieces() {
    MeasuredResponse fact = chat(HELLO + STOP + USAGE + "data: [DONE]\n\n");
    assertThat(fact.outcome()).isEqualTo(Outcome.OK);
    assertThat(counted(fact)).isEqualTo("output_tokens=1");
    assertThat(Raw.reported(fact)).containsExactly("input_tokens=9", "output_tokens=1");
    assertThat(fact.responseId()).isEqualTo("c1");
  }

  @Test
  void readsAnyLineEndCommentsAndAMissingLastBlankLine() {
    String events = ": keep-alive\n\n" + HELLO + STOP + "event: usage\nretry: 5\n" + USAGE;
    for (String lineEnd : new String[] {"\n", "\r\n", "\r"}) {
      MeasuredResponse fact = chat(events.strip().replace("\n", lineEnd));
      assertThat(Raw.reported(fact)).containsExactly("input_tokens=9", "output_tokens=1");
      assertThat(fact.outcome()).isEqualTo(Outcome.OK);
    }
  }

  @Test
  void joinsTheDataLinesOfAnEvent() {
    MeasuredResponse fact =
        chat("data: {\"choices\":[],\ndata: \"usage\":\ndata:{\"prompt_tokens\":7}}\n\n");
    assertThat(Raw.reported(fact)).containsExactly("input_tokens=7");
  }

  @Test
  void takesAStreamWithoutItsEndForCutOff() {
    MeasuredResponse fact = chat(HELLO);
    assertThat(fact.outcome()).isEqualTo(Outcome.TRUNCATED);
    assertThat(counted(fact)).isEqualTo("output_tokens=1");
  }

  @Test
  void takesAStreamCutInAnEventOrACharacterForCutOff() {
    String euro = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\u20ac\"}}]}\n\n";
    byte[] whole = (HELLO + euro).getBytes(StandardCharsets.UTF_8);
    int euroAt = new String(whole, StandardCharsets.ISO_8859_1).indexOf('\u00e2');
    for (int length : new int[] {whole.length - 8, euroAt + 1, euroAt + 2}) {
      RawResponse raw =
          new RawResponse(
              new OrgId("acme"),
              new UsageId("r1"),
              "openai",
              CHAT,
              null,
              Raw.NOW,
              200,
              "text/event-stream",
              Body.of(Arrays.copyOf(whole, length)),
              false,
              Map.of());
      MeasuredResponse fact = Raw.fact(Raw.MEASURE.response(raw, Raw.NOW));
      assertThat(fact.outcome()).isEqualTo(Outcome.TRUNCATED);
      assertThat(counted(fact)).isEqualTo("output_tokens=1");
    }
  }

  @Test
  void refusesGarbageInTheMiddleOfAStreamWithoutQuotingIt() {
    var result =
        Raw.MEASURE.response(
            Raw.response("openai", CHAT, 200, HELLO + "data: {secret}\n\n" + STOP), Raw.NOW);
    assertThat(Raw.rejected(result).code()).isEqualTo(Rejection.BROKEN_BODY);
    assertThat(Raw.rejected(result).message())
        .isEqualTo("body is not JSON at byte 1; send it decompressed and as it was on the wire");
  }

  @Test
  void seesAnErrorInAStreamThatBeganWell() {
    assertThat(chat(HELLO + "data: {\"error\":{\"message\":\"overloaded\"}}\n\n").outcome())
        .isEqualTo(Outcome.ERROR_IN_STREAM);
    assertThat(chat(HELLO + "event: error\ndata: {\"code\":500}\n\n").outcome())
        .isEqualTo(Outcome.ERROR_IN_STREAM);
  }

  @Test
  void believesTheGatewayThatTheClientHungUp() {
    RawResponse raw = Raw.response("openai", CHAT, 200, HELLO + STOP, true);
    assertThat(Raw.fact(Raw.MEASURE.response(raw, Raw.NOW)).outcome()).isEqualTo(Outcome.TRUNCATED);
  }

  @Test
  void keepsTheTextsOfInterleavedChoicesApart() {
    MeasuredResponse fact =
        chat(
            piece(0, "Hel")
                + piece(1, "Good")
                + piece(0, "lo")
                + piece(1, "bye")
                + "data: [DONE]\n\n");
    // "Hello" and "Goodbye" are a token and two; mixed up they would be more.
    assertThat(counted(fact)).isEqualTo("output_tokens=3");
  }

  private static String piece(int index, String text) {
    return "data: {\"model\":\"gpt-4o\",\"choices\":[{\"delta\":{\"content\":\""
        + text
        + "\"},\"index\":"
        + index
        + "}]}\n\n";
  }

  @Test
  void takesTheLastOfUsagesThatEveryChunkRepeats() {
    MeasuredResponse fact =
        chat(
            "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":1,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":4}}}\n\n"
                + USAGE
                + "data: [DONE]\n\n");
    assertThat(Raw.reported(fact)).containsExactly("input_tokens=9", "output_tokens=1");
  }
}
