package io.tokenmeter.rated;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.measured.Meter;
import io.tokenmeter.measured.MeterReading;
import io.tokenmeter.measured.Provenance;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BillingTypeTest {
  @Test
  void hasTheTenTypesOfThePage() {
    assertThat(BillingType.values()).hasSize(10);
  }

  @Test
  void comesOfTheMeters() {
    assertThat(of("chat", Meter.INPUT_TOKENS, Meter.OUTPUT_TOKENS))
        .isEqualTo(BillingType.LLM_TEXT_CHAT);
    assertThat(of("chat", Meter.INPUT_TOKENS, Meter.OUTPUT_AUDIO_TOKENS))
        .isEqualTo(BillingType.LLM_AUDIO_CHAT);
    assertThat(of("chat", Meter.WEB_SEARCHES, Meter.INPUT_TOKENS))
        .isEqualTo(BillingType.LLM_TEXT_CHAT);
    assertThat(of("usage", Meter.TOOL_CALLS)).isEqualTo(BillingType.TOOL_CALL);
    assertThat(of("usage", Meter.STORAGE_TOKEN_DAYS)).isEqualTo(BillingType.KNOWLEDGE_STORAGE);
    assertThat(of("usage", Meter.AUDIO_SECONDS)).isEqualTo(BillingType.ASR);
    assertThat(of("usage", Meter.TTS_CHARACTERS)).isEqualTo(BillingType.TTS);
    assertThat(of("usage", Meter.EMBEDDING_TOKENS)).isEqualTo(BillingType.KNOWLEDGE_INDEX);
    assertThat(of("usage", Meter.RERANK_TOKENS)).isEqualTo(BillingType.KNOWLEDGE_RERANK);
  }

  @Test
  void comesOfTheOperationWhereThatSettlesIt() {
    assertThat(of("speech", Meter.INPUT_TOKENS, Meter.OUTPUT_AUDIO_TOKENS))
        .isEqualTo(BillingType.TTS);
    assertThat(of("transcription", Meter.INPUT_AUDIO_TOKENS)).isEqualTo(BillingType.ASR);
    assertThat(of("embeddings", Meter.INPUT_TOKENS)).isEqualTo(BillingType.KNOWLEDGE_INDEX);
    assertThat(of("rerank", Meter.REQUESTS)).isEqualTo(BillingType.KNOWLEDGE_RERANK);
  }

  @Test
  void isWhatTheAttributeSays() {
    List<MeterReading> readings = List.of();
    assertThat(BillingType.of(readings, Map.of("billing_type", "QUESTION_RECOGNITION")))
        .isEqualTo(BillingType.QUESTION_RECOGNITION);
    assertThat(BillingType.of(readings, Map.of("billing_type", "nonsense", "operation", "speech")))
        .isEqualTo(BillingType.TTS);
  }

  private static BillingType of(String operation, Meter... meters) {
    List<MeterReading> readings =
        Arrays.stream(meters).map(m -> MeterReading.of(m, 5, Provenance.REPORTED)).toList();
    return BillingType.of(readings, Map.of("operation", operation));
  }
}
