package io.tokenmeter.proof;

import io.tokenmeter.schema.KeyMode;
import io.tokenmeter.schema.LlmRequest;
import io.tokenmeter.schema.LlmResponse;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;

/**
 * A chat as a gateway would publish it, whose cost follows from its own figures.
 *
 * @param id under which it is billed once
 * @param org who pays
 * @param tariff which model, at which price
 * @param cached tokens of the prompt that the provider had in its cache
 * @param uncached the other tokens of the prompt
 * @param output tokens of the answer
 * @param at when it happened
 */
record Call(
    String id, String org, Tariff tariff, long cached, long uncached, long output, Instant at) {
  /** Stands in every prompt and every answer, and may stand nowhere else. */
  static final String SECRET = "purple-walrus-7731";

  private static final String CHAT = "/v1/chat/completions";

  BigDecimal amount() {
    return tariff.amount(uncached, cached, output);
  }

  LlmRequest request() {
    String body =
        """
        {"model":"%s","messages":[{"role":"user","content":"Tell me of the %s."}]}"""
            .formatted(tariff.model(), SECRET);
    return LlmRequest.newBuilder()
        .setRequestId(id)
        .setOrgId(org)
        .setProvider("openai")
        .setEndpoint(CHAT)
        .setKeyMode(KeyMode.PLATFORM)
        .setOccurredAt(at)
        .setContentType("application/json")
        .setBody(ByteBuffer.wrap(Installation.utf8(body)))
        .setAttributes(Map.of())
        .build();
  }

  LlmResponse response() {
    String body =
        """
        {"id":"x","model":"%s","choices":[{"index":0,"finish_reason":"stop","message":\
        {"role":"assistant","content":"The %s is rare."}}],"usage":{"prompt_tokens":%d,\
        "prompt_tokens_details":{"cached_tokens":%d},"completion_tokens":%d,"total_tokens":%d}}"""
            .formatted(
                tariff.model(),
                SECRET,
                cached + uncached,
                cached,
                output,
                cached + uncached + output);
    return LlmResponse.newBuilder()
        .setRequestId(id)
        .setOrgId(org)
        .setProvider("openai")
        .setEndpoint(CHAT)
        .setOccurredAt(at)
        .setStatus(200)
        .setContentType("application/json")
        .setBody(ByteBuffer.wrap(Installation.utf8(body)))
        .setAttributes(Map.of())
        .build();
  }
}
