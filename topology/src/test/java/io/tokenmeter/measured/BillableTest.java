package io.tokenmeter.measured;

import static io.tokenmeter.measured.BillingBasis.COUNTED;
import static io.tokenmeter.measured.BillingBasis.REPORTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BillableTest {
  private static final String CHAT = "/v1/chat/completions";
  private static final String USAGE =
      "{\"prompt_tokens\":100,\"completion_tokens\":7,\"total_tokens\":107,"
          + "\"prompt_tokens_details\":{\"cached_tokens\":40}}";

  private static final MeasuredRequest ASKED =
      Raw.asked(
          "openai",
          CHAT,
          "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}");

  private static MeasuredResponse answer(int status, String usage) {
    String body =
        "{\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hello\"}}],"
            + "\"usage\":"
            + usage
            + "}";
    return Raw.fact(Raw.MEASURE.response(Raw.response("openai", CHAT, status, body), Raw.NOW));
  }

  private static MeasuredResponse refused(int status) {
    return Raw.fact(
        Raw.MEASURE.response(
            Raw.response("openai", CHAT, status, "{\"error\":{\"message\":\"no\"}}"), Raw.NOW));
  }

  private static Bill bill(MeasuredResponse answer, BillingBasis basis, FailurePolicy policy) {
    return Billable.exchange(ASKED, answer, basis, policy);
  }

  @Test
  void billsASideAsReportedAllOfIt() {
    Bill bill = bill(answer(200, USAGE), REPORTED, FailurePolicy.REPORTED);
    assertThat(Raw.texts(bill.readings()))
        .containsExactlyInAnyOrder(
            "cached_input_tokens=40", "input_tokens=60", "output_tokens=7", "requests=1");
    assertThat(bill.freeReason()).isEmpty();
    assertThat(bill.comparisons())
        .filteredOn(row -> row.meter() == Meter.INPUT_TOKENS)
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.reported()).hasToString("60");
              assertThat(row.counted()).hasToString("8");
              assertThat(row.billed()).hasToString("60");
              assertThat(row.provenance()).isEqualTo(Provenance.REPORTED);
            });
  }

  @Test
  void saysThatReportAndCountDiffer() {
    assertThat(bill(answer(200, USAGE), REPORTED, FailurePolicy.REPORTED).flags())
        .containsExactly(Flag.COUNT_DIFFERS);
    assertThat(
            bill(
                    answer(200, "{\"prompt_tokens\":8,\"completion_tokens\":1}"),
                    REPORTED,
                    FailurePolicy.REPORTED)
                .flags())
        .isEmpty();
  }

  @Test
  void billsTheCountsOnTheirBasisAndWhereNothingIsReported() {
    assertThat(Raw.texts(bill(answer(200, USAGE), COUNTED, FailurePolicy.REPORTED).readings()))
        .containsExactlyInAnyOrder("input_tokens=8", "output_tokens=1", "requests=1");
    assertThat(Raw.texts(bill(answer(200, "null"), REPORTED, FailurePolicy.REPORTED).readings()))
        .containsExactlyInAnyOrder("input_tokens=8", "output_tokens=1", "requests=1");
  }

  @Test
  void aReportedZeroIsAZero() {
    Bill bill =
        bill(
            answer(200, "{\"prompt_tokens\":8,\"completion_tokens\":0}"),
            REPORTED,
            FailurePolicy.REPORTED);
    assertThat(Raw.texts(bill.readings()))
        .containsExactlyInAnyOrder("input_tokens=8", "output_tokens=0", "requests=1");
  }

  @Test
  void aRefusedCallIsFreeUnlessUsageWasReportedOrThePolicyBillsTheInput() {
    for (int status : new int[] {400, 429, 500, 529, 301}) {
      Bill bill = bill(refused(status), REPORTED, FailurePolicy.REPORTED);
      assertThat(bill.freeReason()).contains(FreeReason.FAILED_REQUEST);
      assertThat(bill.readings()).isEmpty();
    }
    assertThat(Raw.texts(bill(answer(500, USAGE), REPORTED, FailurePolicy.REPORTED).readings()))
        .contains("input_tokens=60", "output_tokens=7");
    assertThat(bill(answer(500, USAGE), REPORTED, FailurePolicy.FREE).freeReason())
        .contains(FreeReason.FAILED_REQUEST);
    assertThat(Raw.texts(bill(refused(500), REPORTED, FailurePolicy.DELIVERED).readings()))
        .containsExactly("input_tokens=8", "requests=1");
  }

  @Test
  void aBrokenStreamIsBilledByWhatWasDeliveredOrIsFreeByPolicy() {
    MeasuredResponse broken =
        Raw.answered(
            "openai",
            CHAT,
            "data: {\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,\"delta\":"
                + "{\"content\":\"Hello\"}}]}\n\n");
    assertThat(Raw.texts(bill(broken, REPORTED, FailurePolicy.REPORTED).readings()))
        .containsExactly("input_tokens=8", "output_tokens=1", "requests=1");
    assertThat(bill(broken, REPORTED, FailurePolicy.FREE).freeReason())
        .contains(FreeReason.BROKEN_STREAM);
  }

  @Test
  void anUnansweredRequestIsFreeUnlessThePolicyBillsTheInput() {
    assertThat(Billable.exchange(ASKED, null, REPORTED, FailurePolicy.REPORTED).freeReason())
        .contains(FreeReason.UNANSWERED);
    assertThat(
            Raw.texts(Billable.exchange(ASKED, null, REPORTED, FailurePolicy.DELIVERED).readings()))
        .containsExactly("input_tokens=8");
  }

  @Test
  void anAnswerWithoutItsRequestIsBilledAsReported() {
    Bill bill = Billable.exchange(null, answer(200, USAGE), REPORTED, FailurePolicy.REPORTED);
    assertThat(bill.flags()).containsExactly(Flag.NO_REQUEST);
    assertThat(Raw.texts(bill.readings())).contains("input_tokens=60", "output_tokens=7");
  }

  @Test
  void speechIsBilledByTheRequestAndOnlyWhereItWasSpoken() {
    MeasuredRequest asked =
        Raw.asked(
            "openai",
            "/v1/audio/speech",
            "{\"model\":\"tts-1\",\"input\":\"Gr\u00fc\u00df dich!\"}");
    MeasuredResponse spoken = Raw.answered("openai", "/v1/audio/speech", "\u00ff\u00f3audio");
    assertThat(
            Raw.texts(
                Billable.exchange(asked, spoken, REPORTED, FailurePolicy.REPORTED).readings()))
        .containsExactly("tts_characters=10", "requests=1");
    MeasuredResponse failed =
        Raw.fact(
            Raw.MEASURE.response(Raw.response("openai", "/v1/audio/speech", 500, "oops"), Raw.NOW));
    assertThat(Billable.exchange(asked, failed, REPORTED, FailurePolicy.DELIVERED).freeReason())
        .contains(FreeReason.FAILED_REQUEST);
  }

  @Test
  void imagesTakeTheSizeThatWasAskedFor() {
    MeasuredRequest asked =
        Raw.asked(
            "openai",
            "/v1/images/generations",
            "{\"prompt\":\"a cat\",\"model\":\"dall-e-3\",\"n\":3,\"size\":\"1024x1792\"}");
    MeasuredResponse made =
        Raw.answered(
            "openai", "/v1/images/generations", "{\"created\":1,\"data\":[{\"url\":\"u\"}]}");
    Bill bill = Billable.exchange(asked, made, REPORTED, FailurePolicy.REPORTED);
    assertThat(bill.readings())
        .filteredOn(r -> r.meter() == Meter.IMAGES)
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.quantity()).hasToString("1");
              assertThat(r.dimensions())
                  .containsEntry("size", "1024x1792")
                  .containsEntry("quality", "standard");
            });
  }

  @Test
  void refusesToBillNothing() {
    assertThatThrownBy(() -> Billable.exchange(null, null, REPORTED, FailurePolicy.REPORTED))
        .hasMessage("neither request nor response; there is nothing to bill");
  }
}
