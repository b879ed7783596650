package io.tokenmeter.ledger;

import java.nio.ByteBuffer;

/**
 * The first 16 bytes of SHA-256 over a raw record's value as it came. Two records of one id with
 * one hash are copies; with two hashes they are in conflict.
 *
 * @param high the first 8 bytes, big-endian
 * @param low the other 8 bytes, big-endian
 */
public record ContentHash(long high, long low) {
  public static final int BYTES = 16;

  /**
   * The hash that 16 bytes spell.
   *
   * @throws IllegalArgumentException when there are not exactly 16 bytes
   */
  public static ContentHash of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(
          "a content hash has " + BYTES + " bytes, not " + bytes.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new ContentHash(buffer.getLong(), buffer.getLong());
  }

  /** The 16 bytes. */
  public byte[] bytes() {
    return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
  }
}
