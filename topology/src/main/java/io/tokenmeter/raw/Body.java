package io.tokenmeter.raw;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * The bytes of a request or an answer, decompressed, by reference: neither the constructor nor the
 * accessors copy. Whoever holds one must not change the array.
 */
public final class Body {
  private static final Body EMPTY = new Body(new byte[0], 0, 0);
  private final byte[] array;
  private final int offset;
  private final int length;

  private Body(byte[] array, int offset, int length) {
    this.array = array;
    this.offset = Objects.checkFromIndexSize(offset, length, array.length);
    this.length = length;
  }

  public static Body empty() {
    return EMPTY;
  }

  public static Body of(byte[] array) {
    return new Body(array, 0, array.length);
  }

  /**
   * The bytes between a buffer's position and its limit.
   *
   * @param buffer with an accessible array; its position is left alone
   */
  public static Body of(ByteBuffer buffer) {
    return new Body(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
  }

  public byte[] array() {
    return array;
  }

  /** Index in {@link #array()} of the first byte. */
  public int offset() {
    return offset;
  }

  /** Number of bytes. */
  public int length() {
    return length;
  }

  public boolean isEmpty() {
    return length == 0;
  }

  /** Tells the size alone, so that a body never lands in a log. */
  @Override
  public String toString() {
    return "Body[" + length + " bytes]";
  }
}
