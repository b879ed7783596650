package io.tokenmeter.stream;

import io.tokenmeter.raw.OrgId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The headers that make an event a CloudEvent 1.0 in the binary mode of its Kafka protocol binding.
 */
final class CloudEvents {
  private CloudEvents() {}

  static Headers headers(String type, String eventId, OrgId orgId, Instant time) {
    Headers headers = new RecordHeaders();
    put(headers, "ce_specversion", "1.0");
    put(headers, "ce_id", eventId);
    put(headers, "ce_source", "tokenmeter/ledger");
    put(headers, "ce_type", "io.tokenmeter." + type + ".v1");
    put(headers, "ce_subject", orgId.value());
    put(headers, "ce_time", time.toString());
    put(headers, "content-type", "application/avro");
    return headers;
  }

  private static void put(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
