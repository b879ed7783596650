package io.tokenmeter.measured;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnthropicTest {
  private static final String MESSAGES = "/v1/messages";
  private static final String START =
      """
      event: message_start
      data: {"type":"message_start","message":{"id":"m1","type":"message","model":"claude-x",\
      "content":[],"usage":{"input_tokens":10,"cache_creation_input_tokens":30,\
      "cache_read_input_tokens":20,"cache_creation":{"ephemeral_5m_input_tokens":10,\
      "ephemeral_1h_input_tokens":20},"output_tokens":2}}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello"}}

      """;
  private static final String END =
      """
      event: message_delta
      data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":15}}

      event: message_stop
      data: {"type":"message_stop"}

      """;

  @Test
  void addsTheCacheToTheInputAndSplitsItByLifetime() {
    MeasuredResponse fact = Raw.answered("anthropic", MESSAGES, START + END);
    assertThat(Raw.reported(fact))
        .containsExactlyInAnyOrder(
            "input_tokens=10",
            "cached_input_tokens=20",
            "cache_write_5m_tokens=10",
            "cache_write_1h_tokens=20",
            "output_tokens=15");
    assertThat(fact.outcome()).isEqualTo(Outcome.OK);
    assertThat(fact.flags()).isEmpty();
  }

  @Test
  void reportsNoOutputWhereTheStreamBrokeBeforeItWasTold() {
    MeasuredResponse fact = Raw.answered("anthropic", MESSAGES, START);
    assertThat(fact.outcome()).isEqualTo(Outcome.TRUNCATED);
    assertThat(Raw.reported(fact)).doesNotContain("output_tokens=2").hasSize(4);
    Bill bill = Billable.exchange(null, fact, BillingBasis.REPORTED, FailurePolicy.REPORTED);
    assertThat(Raw.texts(bill.readings()))
        .containsExactlyInAnyOrder(
            "input_tokens=10",
            "cached_input_tokens=20",
            "cache_write_5m_tokens=10",
            "cache_write_1h_tokens=20",
            "output_tokens=1",
            "requests=1");
  }

  @Test
  void billsTheSumOfTheIterationsAndAnotherModelsByItself() {
    String body =
        """
        {"type":"message","id":"m1","model":"claude-a","content":[],"usage":{
        "input_tokens":181,"output_tokens":8,"cache_read_input_tokens":0,"iterations":[
        {"type":"compaction","input_tokens":100,"output_tokens":83,"cache_read_input_tokens":55096},
        {"type":"advisor_message","model":"claude-b","input_tokens":7,"output_tokens":5},
        {"type":"message","input_tokens":181,"output_tokens":8}]}}""";
    assertThat(Raw.reported(Raw.answered("anthropic", MESSAGES, body)))
        .containsExactlyInAnyOrder(
            "cached_input_tokens=55096",
            "input_tokens=281",
            "output_tokens=91",
            "input_tokens=7{model=claude-b}",
            "output_tokens=5{model=claude-b}");
  }

  @Test
  void takesThinkingOutOfTheOutputAndCountsSearches() {
    String body =
        """
        {"type":"message","id":"m1","content":[],"usage":{"input_tokens":1,"output_tokens":50,
        "output_tokens_details":{"thinking_tokens":40},
        "server_tool_use":{"web_search_requests":2,"web_fetch_requests":1}}}""";
    assertThat(Raw.reported(Raw.answered("anthropic", MESSAGES, body)))
        .containsExactlyInAnyOrder(
            "input_tokens=1", "reasoning_tokens=40", "output_tokens=10", "web_searches=2");
  }

  @Test
  void saysThatASplitOfTheCacheThatIsNotItsSumContradicts() {
    String body =
        """
        {"type":"message","content":[],"usage":{"input_tokens":1,"output_tokens":1,
        "cache_creation_input_tokens":10,
        "cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":15}}}""";
    MeasuredResponse fact = Raw.answered("anthropic", MESSAGES, body);
    assertThat(Raw.reported(fact)).contains("cache_write_1h_tokens=10");
    assertThat(fact.flags()).containsExactly(Flag.USAGE_CONTRADICTS);
  }

  @Test
  void countingTokensUsesNothing() {
    MeasuredResponse fact =
        Raw.answered("anthropic", "/v1/messages/count_tokens", "{\"input_tokens\":1000}");
    assertThat(fact.outcome()).isEqualTo(Outcome.NOT_METERED);
    assertThat(fact.operation()).isEqualTo(Operation.NOT_METERED);
    assertThat(Raw.reported(fact)).isEmpty();
  }
}
