package io.tokenmeter.stream;

import io.tokenmeter.raw.Rejected;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Dead letters: the record's key, value and headers as they came, and beside them why it was
 * refused and where it stood. The headers never hold text of a body.
 */
public final class DeadLetters {
  /** A {@link io.tokenmeter.raw.Rejection}. */
  public static final String CODE = "tokenmeter-rejection-code";

  /** For people: the value, what is allowed, the next step. */
  public static final String MESSAGE = "tokenmeter-rejection-message";

  /** The stage that refused it: {@code measure} or {@code ledger}. */
  public static final String STAGE = "tokenmeter-rejection-stage";

  public static final String TOPIC = "tokenmeter-origin-topic";
  public static final String PARTITION = "tokenmeter-origin-partition";
  public static final String OFFSET = "tokenmeter-origin-offset";

  /** Milliseconds since 1970: the broker's append time of the refused record. */
  public static final String TIMESTAMP = "tokenmeter-origin-timestamp";

  private DeadLetters() {}

  static Record<byte[], byte[]> of(
      Record<byte[], byte[]> record, RecordMetadata origin, String stage, Rejected why) {
    Headers headers = new RecordHeaders(record.headers());
    // A letter that was sent again and refused again keeps its newest reason alone.
    put(headers, CODE, why.code().name());
    put(headers, MESSAGE, why.message());
    put(headers, STAGE, stage);
    put(headers, TOPIC, origin.topic());
    put(headers, PARTITION, Integer.toString(origin.partition()));
    put(headers, OFFSET, Long.toString(origin.offset()));
    put(headers, TIMESTAMP, Long.toString(record.timestamp()));
    return record.withHeaders(headers);
  }

  private static void put(Headers headers, String name, String value) {
    headers.remove(name);
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
