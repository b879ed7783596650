package io.tokenmeter.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

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

  /** The hash of texts, each taken with its length, so that no two lists of texts run together. */
  public static ContentHash ofTexts(String... texts) {
    MessageDigest digest = sha256();
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      digest.update(bytes);
    }
    return of(Arrays.copyOf(digest.digest(), BYTES));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** 32 hexadecimal digits. */
  public String hex() {
    return HexFormat.of().formatHex(bytes());
  }

  /** The 16 bytes. */
  public byte[] bytes() {
    return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
  }
}
