package io.tokenmeter.serde;

import io.tokenmeter.schema.LlmRequest;
import io.tokenmeter.schema.UsageRecord;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;

/** Records to write and read. */
final class Records {
  private Records() {}

  static UsageRecord usage(String id) {
    return UsageRecord.newBuilder()
        .setUsageId(id)
        .setOrgId("acme")
        .setMeter("storage_token_days")
        .setQuantity(new BigDecimal("123456789012345.000000000001"))
        .setModel("openai/gpt-4.1")
        .setOccurredAt(Instant.ofEpochMilli(1_750_000_000_123L))
        .setAttributes(Map.of("size", "large"))
        .build();
  }

  static LlmRequest request(byte[] body) {
    return LlmRequest.newBuilder()
        .setRequestId("r-1")
        .setOrgId("acme")
        .setProvider("openai")
        .setEndpoint("/v1/chat/completions")
        .setOccurredAt(Instant.ofEpochMilli(1_750_000_000_123L))
        .setContentType("application/json")
        .setBody(ByteBuffer.wrap(body))
        .setAttributes(Map.of())
        .build();
  }
}
