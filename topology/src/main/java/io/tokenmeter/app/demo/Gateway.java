package io.tokenmeter.app.demo;

import io.tokenmeter.schema.KeyMode;
import io.tokenmeter.schema.LlmRequest;
import io.tokenmeter.schema.LlmResponse;
import io.tokenmeter.schema.UsageRecord;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What a gateway makes of a call that goes through it.
 *
 * @param org on whose behalf
 * @param id that it gives the exchange
 * @param sentAt when the request went out
 */
record Gateway(DemoOrg org, String id, Instant sentAt) {
  private static final Duration ANSWERED_AFTER = Duration.ofMillis(800);

  List<Sent> both(Exchanged call) {
    return List.of(request(call), response(call, false));
  }

  Sent request(Exchanged call) {
    return new Sent.Request(record(call, call.requestBytes()));
  }

  /** The request without its last third. */
  Sent brokenRequest(Exchanged call) {
    byte[] body = call.requestBytes();
    return new Sent.Request(record(call, Arrays.copyOf(body, body.length * 2 / 3)));
  }

  private LlmRequest record(Exchanged call, byte[] body) {
    return LlmRequest.newBuilder()
        .setRequestId(id)
        .setOrgId(org.id())
        .setProjectId("assistant")
        .setProvider(call.provider())
        .setEndpoint(call.path())
        .setKeyMode(KeyMode.PLATFORM)
        .setOccurredAt(sentAt)
        .setContentType("application/json")
        .setBody(ByteBuffer.wrap(body))
        .setAttributes(Map.of())
        .build();
  }

  Sent response(Exchanged call, boolean truncated) {
    return new Sent.Response(
        LlmResponse.newBuilder()
            .setRequestId(id)
            .setOrgId(org.id())
            .setProvider(call.provider())
            .setEndpoint(call.path())
            .setOccurredAt(sentAt.plus(ANSWERED_AFTER))
            .setStatus(call.status())
            .setContentType(call.responseType())
            .setBody(ByteBuffer.wrap(call.responseBytes()))
            .setTruncated(truncated)
            .setAttributes(Map.of())
            .build());
  }

  /** What the organisation's knowledge base held for a day. */
  Sent storage(long tokens) {
    return new Sent.Usage(
        UsageRecord.newBuilder()
            .setUsageId(id)
            .setOrgId(org.id())
            .setProvider("reseller")
            .setModel(null)
            .setKeyMode(KeyMode.PLATFORM)
            .setMeter("storage_token_days")
            .setQuantity(BigDecimal.valueOf(tokens).setScale(12))
            .setOccurredAt(sentAt)
            .setAttributes(Map.of())
            .build());
  }
}
