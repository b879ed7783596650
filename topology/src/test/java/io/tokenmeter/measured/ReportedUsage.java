package io.tokenmeter.measured;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a recorded usage should become, worked out from its JSON by other code than the dialects':
 * from family to family, what is charged as plain input, cache, output and thinking.
 */
final class ReportedUsage {
  private ReportedUsage() {}

  /** What is wrong with a fact; empty when nothing is. */
  static String difference(Exchange exchange, MeasuredResponse fact) {
    JsonNode usage = exchange.usage();
    if (!usage.isObject()) {
      return "";
    }
    Expected expected = expected(exchange, usage);
    if (expected == null) {
      return "no rule in this test for this usage";
    }
    if (expected.contradicts) {
      return fact.flags().contains(Flag.USAGE_CONTRADICTS) ? "" : "not flagged as contradicting";
    }
    long input = Math.max(0, Counts.reported(fact, Meter.Side.INPUT));
    long output = Math.max(0, Counts.reported(fact, Meter.Side.OUTPUT));
    long cached =
        Counts.of(fact.readings(), Meter.CACHED_INPUT_TOKENS)
            + Counts.of(fact.readings(), Meter.CACHED_AUDIO_TOKENS);
    long written =
        Counts.of(fact.readings(), Meter.CACHE_WRITE_5M_TOKENS)
            + Counts.of(fact.readings(), Meter.CACHE_WRITE_1H_TOKENS);
    long thinking = Counts.of(fact.readings(), Meter.REASONING_TOKENS);
    Expected found = new Expected(input, cached, written, output, thinking, expected.contradicts);
    return found.equals(expected) ? "" : found + " instead of " + expected;
  }

  /** All input and of it cached and written; all output and of it thinking. */
  private record Expected(
      long input, long cached, long written, long output, long thinking, boolean contradicts) {}

  private static Expected expected(Exchange exchange, JsonNode usage) {
    return switch (exchange.provider()) {
      case "anthropic" -> anthropic(whole(exchange, usage));
      case "google", "google-vertex" ->
          exchange.endpoint().equals("chat") ? openAi(usage) : gemini(usage);
      case "cohere" -> cohere(usage);
      case "bedrock" -> bedrock(whole(exchange, usage));
      default -> openAi(usage);
    };
  }

  private static Expected openAi(JsonNode usage) {
    long input = first(usage, "prompt_tokens", "input_tokens", "total_tokens");
    long output = first(usage, "completion_tokens", "output_tokens");
    long total = usage.path("total_tokens").asLong(input + output);
    JsonNode in = usage.path("prompt_tokens_details");
    in = in.isObject() ? in : usage.path("input_tokens_details");
    JsonNode out = usage.path("completion_tokens_details");
    out = out.isObject() ? out : usage.path("output_tokens_details");
    long cached =
        in.path("cached_tokens").asLong(first(usage, "num_cached_tokens", "cached_tokens"));
    long written = in.path("cache_write_tokens").asLong(0);
    long thinking = out.path("reasoning_tokens").asLong(0);
    if (total > input + output) {
      // What is in the total alone is thinking, whether it is named or not.
      return new Expected(input, cached, written, total - input, total - input - output, false);
    }
    boolean contradicts = cached + written > input || thinking > output;
    return new Expected(input, cached, written, output, thinking, contradicts);
  }

  /** A stream's last usage may have the output alone: the input stands in the first. */
  private static JsonNode whole(Exchange exchange, JsonNode usage) {
    JsonNode first = exchange.line().path("reported_usage_sequence").path(0);
    if (usage.has("input_tokens") || !first.isObject()) {
      return usage;
    }
    ObjectNode merged = first.deepCopy();
    usage.properties().stream()
        .filter(field -> !field.getValue().isNull())
        .forEach(field -> merged.set(field.getKey(), field.getValue()));
    return merged;
  }

  private static Expected anthropic(JsonNode usage) {
    long input = 0;
    long cached = 0;
    long written = 0;
    long output = 0;
    Iterable<JsonNode> parts =
        usage.path("iterations").isEmpty() ? java.util.List.of(usage) : usage.path("iterations");
    for (JsonNode part : parts) {
      cached += part.path("cache_read_input_tokens").asLong();
      written += part.path("cache_creation_input_tokens").asLong();
      input += part.path("input_tokens").asLong();
      output += part.path("output_tokens").asLong();
    }
    long thinking = usage.path("output_tokens_details").path("thinking_tokens").asLong();
    return new Expected(input + cached + written, cached, written, output, thinking, false);
  }

  private static Expected gemini(JsonNode usage) {
    long input =
        usage.path("promptTokenCount").asLong() + usage.path("toolUsePromptTokenCount").asLong();
    for (JsonNode statistic : usage.path("statistics")) {
      input += statistic.path("token_count").asLong();
    }
    long cached = usage.path("cachedContentTokenCount").asLong();
    long output = usage.path("totalTokenCount").asLong(input) - input;
    return new Expected(input, cached, 0, output, usage.path("thoughtsTokenCount").asLong(), false);
  }

  private static Expected cohere(JsonNode usage) {
    JsonNode billed = usage.path("billed_units");
    long input = billed.path("input_tokens").asLong() + billed.path("image_tokens").asLong();
    return new Expected(input, 0, 0, billed.path("output_tokens").asLong(), 0, false);
  }

  private static Expected bedrock(JsonNode usage) {
    long cached =
        first(usage, "cacheReadInputTokens", "cacheReadInputTokenCount", "cache_read_input_tokens");
    long written =
        first(
            usage,
            "cacheWriteInputTokens",
            "cacheWriteInputTokenCount",
            "cache_creation_input_tokens");
    long input =
        first(
            usage,
            "inputTokens",
            "inputTokenCount",
            "input_tokens",
            "inputTextTokenCount",
            "prompt_token_count");
    long output =
        first(
            usage,
            "outputTokens",
            "outputTokenCount",
            "output_tokens",
            "totalOutputTextTokenCount",
            "generation_token_count");
    for (JsonNode result : usage.path("results")) {
      output += result.path("tokenCount").asLong();
    }
    long thinking = usage.path("output_tokens_details").path("thinking_tokens").asLong();
    return new Expected(input + cached + written, cached, written, output, thinking, false);
  }

  private static long first(JsonNode usage, String... names) {
    for (String name : names) {
      if (usage.path(name).isNumber()) {
        return usage.path(name).asLong();
      }
    }
    return 0;
  }
}
