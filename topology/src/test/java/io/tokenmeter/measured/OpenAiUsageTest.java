package io.tokenmeter.measured;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpenAiUsageTest {
  private static final String CHAT = "/v1/chat/completions";

  private static MeasuredResponse chat(String provider, String usage) {
    String body =
        """
        {"id":"c1","model":"gpt-4o","choices":[{"index":0,"finish_reason":"stop",
        "message":{"role":"assistant","content":"Hello"}}],"usage":%s}"""
            .formatted(usage);
    return Raw.answered(provider, CHAT, body);
  }

  @Test
  void takesCachedTokensOutOfTheInputAndReasoningOutOfTheOutput() {
    MeasuredResponse fact =
        chat(
            "openai",
            """
            {"prompt_tokens":100,"completion_tokens":50,"total_tokens":150,
            "prompt_tokens_details":{"cached_tokens":30,"audio_tokens":10},
            "completion_tokens_details":{"reasoning_tokens":20,"audio_tokens":5}}""");
    assertThat(Raw.reported(fact))
        .containsExactlyInAnyOrder(
            "cached_input_tokens=30",
            "input_audio_tokens=10",
            "input_tokens=60",
            "reasoning_tokens=20",
            "output_audio_tokens=5",
            "output_tokens=25");
    assertThat(fact.providerTotal()).isEqualTo(150);
    assertThat(fact.flags()).isEmpty();
  }

  @Test
  void countsCachedAudioOnce() {
    MeasuredResponse fact =
        chat(
            "openai",
            """
            {"prompt_tokens":100,"completion_tokens":0,"total_tokens":100,
            "prompt_tokens_details":{"cached_tokens":30,"audio_tokens":40,
            "cached_tokens_details":{"audio_tokens":25,"text_tokens":5}}}""");
    assertThat(Raw.reported(fact))
        .containsExactlyInAnyOrder(
            "cached_input_tokens=5",
            "cached_audio_tokens=25",
            "input_audio_tokens=15",
            "input_tokens=55",
            "output_tokens=0");
    assertThat(fact.flags()).isEmpty();
  }

  @Test
  void takesATokenThatIsInTwoPartsOnceAndSaysThatTheyContradict() {
    MeasuredResponse fact =
        chat(
            "openrouter",
            """
            {"prompt_tokens":2168,"completion_tokens":100,"total_tokens":2268,
            "prompt_tokens_details":{"cached_tokens":2161,"cache_write_tokens":2161}}""");
    assertThat(Raw.reported(fact))
        .containsExactlyInAnyOrder(
            "cached_input_tokens=2161",
            "cache_write_5m_tokens=7",
            "input_tokens=0",
            "output_tokens=100");
    assertThat(fact.flags()).containsExactly(Flag.USAGE_CONTRADICTS);
  }

  @Test
  void cutsReasoningThatIsOverTheOutput() {
    MeasuredResponse fact =
        chat(
            "openrouter",
            """
            {"prompt_tokens":43,"completion_tokens":10,"total_tokens":53,
            "completion_tokens_details":{"reasoning_tokens":11}}""");
    assertThat(Raw.reported(fact))
        .containsExactlyInAnyOrder("input_tokens=43", "reasoning_tokens=10", "output_tokens=0");
    assertThat(fact.flags()).containsExactly(Flag.USAGE_CONTRADICTS);
  }

  @Test
  void addsReasoningThatXaiLeavesOutOfTheCompletion() {
    MeasuredResponse fact =
        chat(
            "xai",
            """
            {"prompt_tokens":10,"completion_tokens":5,"total_tokens":35,
            "completion_tokens_details":{"reasoning_tokens":20}}""");
    assertThat(Raw.reported(fact))
        .containsExactlyInAnyOrder("input_tokens=10", "reasoning_tokens=20", "output_tokens=5");
    assertThat(fact.dialect()).isEqualTo("xai-chat");
    assertThat(fact.flags()).isEmpty();
  }

  @Test
  void findsThinkingOfGeminiBehindOpenAisFaceInTheTotal() {
    MeasuredResponse fact =
        chat("google", "{\"prompt_tokens\":66,\"completion_tokens\":6,\"total_tokens\":100}");
    assertThat(Raw.reported(fact))
        .containsExactlyInAnyOrder("input_tokens=66", "reasoning_tokens=28", "output_tokens=6");
    assertThat(fact.flags()).isEmpty();
  }

  @Test
  void takesAZeroForAZeroAndNothingForNothing() {
    assertThat(
            Raw.reported(
                chat("openai", "{\"prompt_tokens\":0,\"completion_tokens\":0,\"total_tokens\":0}")))
        .containsExactlyInAnyOrder("input_tokens=0", "output_tokens=0");
    assertThat(Raw.reported(chat("openai", "null"))).isEmpty();
    assertThat(Raw.reported(chat("openai", "{\"prompt_tokens\":null}"))).isEmpty();
  }

  @Test
  void saysThatANegativeFigureContradicts() {
    MeasuredResponse fact = chat("openai", "{\"prompt_tokens\":-5,\"completion_tokens\":3}");
    assertThat(Raw.reported(fact)).containsExactlyInAnyOrder("input_tokens=0", "output_tokens=3");
    assertThat(fact.flags()).containsExactly(Flag.USAGE_CONTRADICTS);
  }

  @Test
  void saysThatAWrongTotalContradicts() {
    MeasuredResponse fact =
        chat("openai", "{\"prompt_tokens\":5,\"completion_tokens\":3,\"total_tokens\":9}");
    assertThat(fact.flags()).containsExactly(Flag.USAGE_CONTRADICTS);
    assertThat(fact.providerTotal()).isEqualTo(9);
  }

  @Test
  void refusesAFigureThatIsNoWholeNumber() {
    String body = "{\"choices\":[],\"usage\":{\"prompt_tokens\":\"a secret prompt\"}}";
    assertThat(
            Raw.rejected(Raw.MEASURE.response(Raw.response("openai", CHAT, 200, body), Raw.NOW))
                .message())
        .isEqualTo("prompt_tokens is VALUE_STRING; a whole number is expected");
  }

  @Test
  void keepsWhatOpenRouterSaysThatItCharges() {
    MeasuredResponse fact =
        chat(
            "openrouter",
            "{\"prompt_tokens\":1,\"completion_tokens\":1,\"cost\":0.0004970133333333333}");
    assertThat(fact.providerCost()).isEqualByComparingTo("0.000497013333");
    assertThat(fact.providerCostUnit()).isEqualTo("credit");
  }

  @Test
  void takesTheTotalOfAnEmbeddingForItsInputWhereThatIsAllThereIs() {
    MeasuredResponse fact =
        Raw.answered(
            "voyage", "/v1/embeddings", "{\"object\":\"list\",\"usage\":{\"total_tokens\":4}}");
    assertThat(Raw.reported(fact)).containsExactly("embedding_tokens=4");
  }
}
