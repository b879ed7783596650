package io.tokenmeter.measured.count;

/** A look at part of an array; what lies outside reads as -1, so that a torn file can't throw. */
final class ImageBytes {
  private final byte[] array;
  private final int from;
  private final int to;

  ImageBytes(byte[] array, int from, int to) {
    this.array = array;
    this.from = from;
    this.to = to;
  }

  long length() {
    return (long) to - from;
  }

  /** The byte at an offset, 0 to 255, or -1 outside. */
  int at(long offset) {
    return offset >= 0 && offset < length() ? array[from + (int) offset] & 0xFF : -1;
  }

  boolean has(long offset, String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      if (at(offset + i) != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Two bytes, the high one first; negative outside. */
  int big16(long offset) {
    return within(offset, 2) ? (at(offset) << 8) | at(offset + 1) : -1;
  }

  /** Two bytes, the low one first; negative outside. */
  int little16(long offset) {
    return within(offset, 2) ? (at(offset + 1) << 8) | at(offset) : -1;
  }

  /** Three bytes, the low one first; negative outside. */
  int little24(long offset) {
    return within(offset, 3) ? (at(offset + 2) << 16) | little16(offset) : -1;
  }

  /** Four bytes, the high one first; negative outside. */
  long big32(long offset) {
    return within(offset, 4) ? ((long) big16(offset) << 16) | big16(offset + 2) : -1;
  }

  /** Four bytes, the low one first; negative outside. */
  long little32(long offset) {
    return within(offset, 4) ? ((long) little16(offset + 2) << 16) | little16(offset) : -1;
  }

  private boolean within(long offset, int size) {
    return offset >= 0 && offset + size <= length();
  }
}
