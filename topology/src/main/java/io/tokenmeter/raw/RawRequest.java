package io.tokenmeter.raw;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to a model provider, as a gateway sent it.
 *
 * @param orgId who pays
 * @param id the exchange's id; the answer has the same
 * @param caller who within the organisation; a scope that the gateway doesn't know is not in it
 * @param provider who is asked, in lower case
 * @param endpoint the path with its query, as in {@code /v1/chat/completions}
 * @param model as the gateway names it beside the body; null when the body names it
 * @param keyMode whose provider key
 * @param occurredAt when it was sent, by the gateway's clock
 * @param contentType of the body; empty when unknown
 * @param body decompressed
 * @param attributes the gateway's own dimensions
 */
public record RawRequest(
    OrgId orgId,
    UsageId id,
    Map<Scope, String> caller,
    String provider,
    String endpoint,
    @Nullable String model,
    KeyMode keyMode,
    Instant occurredAt,
    String contentType,
    Body body,
    Map<String, String> attributes) {
  public RawRequest {
    caller = Map.copyOf(caller);
    attributes = Map.copyOf(attributes);
  }
}
