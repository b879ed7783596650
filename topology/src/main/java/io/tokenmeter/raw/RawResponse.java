package io.tokenmeter.raw;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A provider's answer, as a gateway received it.
 *
 * @param orgId who pays
 * @param id that of the request it answers
 * @param provider who answered; null when the gateway didn't say
 * @param endpoint the path with its query; null when the gateway didn't say
 * @param model as the gateway names it beside the body; null when the body names it
 * @param occurredAt when the last byte arrived, by the gateway's clock
 * @param status HTTP status, 100 to 599
 * @param contentType of the body; empty when unknown
 * @param body decompressed; of a stream its whole event text
 * @param truncated the client or the gateway hung up before the end
 * @param attributes the gateway's own dimensions
 */
public record RawResponse(
    OrgId orgId,
    UsageId id,
    @Nullable String provider,
    @Nullable String endpoint,
    @Nullable String model,
    Instant occurredAt,
    int status,
    String contentType,
    Body body,
    boolean truncated,
    Map<String, String> attributes) {
  public RawResponse {
    if (status < 100 || status > 599) {
      throw new InvalidRecordException(
          Rejection.INVALID_FIELD,
          "status is " + status + "; set it to an HTTP status, 100 to 599");
    }
    attributes = Map.copyOf(attributes);
  }
}
