package io.tokenmeter.wire;

import io.tokenmeter.raw.Body;
import io.tokenmeter.schema.LedgerCommand;
import io.tokenmeter.schema.LlmRequest;
import io.tokenmeter.schema.LlmResponse;
import io.tokenmeter.schema.UsageRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells a record sent again from another record under the same id: the first 16 bytes of SHA-256
 * over its content.
 *
 * <p>The content is the fields in a fixed order, each with its length before it, and maps in order
 * of their keys; not the bytes on the wire. Clients write maps in any order and carry whatever
 * schema id their registry gave them, so a gateway that encodes a record once more for a retry
 * sends other bytes with the same content, and that is a duplicate, not a conflict.
 *
 * <p>Not thread safe: one to a stream thread.
 */
public final class ContentHasher {
  public static final int LENGTH = 16;

  private final MessageDigest digest;
  private final byte[] number = new byte[Long.BYTES];

  public ContentHasher() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  /** The hash of a request's content. */
  public byte[] hash(LlmRequest record) {
    text("request");
    text(record.getRequestId());
    text(record.getOrgId());
    text(record.getProjectId());
    text(record.getUserId());
    text(record.getApiKeyId());
    text(record.getProvider());
    text(record.getEndpoint());
    text(record.getModel());
    text(record.getKeyMode().name());
    number(record.getOccurredAt().toEpochMilli());
    text(record.getContentType());
    bytes(record.getBody());
    map(record.getAttributes());
    return finished();
  }

  /** The hash of a response's content. */
  public byte[] hash(LlmResponse record) {
    text("response");
    text(record.getRequestId());
    text(record.getOrgId());
    text(record.getProvider());
    text(record.getEndpoint());
    text(record.getModel());
    number(record.getOccurredAt().toEpochMilli());
    number(record.getStatus());
    text(record.getContentType());
    bytes(record.getBody());
    number(record.getTruncated() ? 1 : 0);
    map(record.getAttributes());
    return finished();
  }

  /** The hash of a usage record's content. */
  public byte[] hash(UsageRecord record) {
    text("usage");
    text(record.getUsageId());
    text(record.getOrgId());
    text(record.getProjectId());
    text(record.getUserId());
    text(record.getApiKeyId());
    text(record.getMeter());
    text(record.getQuantity().stripTrailingZeros().toPlainString());
    text(record.getProvider());
    text(record.getModel());
    text(record.getKeyMode().name());
    text(record.getBillingType());
    number(record.getOccurredAt().toEpochMilli());
    map(record.getAttributes());
    return finished();
  }

  /**
   * The hash of a command's content: all but the instant at which it was issued, which a retry by
   * hand changes.
   */
  public byte[] hash(LedgerCommand record) {
    text("command");
    text(record.getOrgId());
    text(record.getCommandId());
    text(record.getCommand().toString());
    return finished();
  }

  private void text(@Nullable String value) {
    if (value == null) {
      number(-1);
      return;
    }
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    number(utf8.length);
    digest.update(utf8);
  }

  private void bytes(ByteBuffer value) {
    Body body = Body.of(value);
    number(body.length());
    digest.update(body.array(), body.offset(), body.length());
  }

  private void map(Map<String, String> values) {
    number(values.size());
    new TreeMap<>(values)
        .forEach(
            (name, value) -> {
              text(name);
              text(value);
            });
  }

  private void number(long value) {
    ByteBuffer.wrap(number).putLong(value);
    digest.update(number);
  }

  private byte[] finished() {
    return Arrays.copyOf(digest.digest(), LENGTH);
  }
}
