package io.tokenmeter.measured.count;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds the end of a run of ASCII letters eight bytes at a time. */
final class AsciiRun {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH = 0x8080808080808080L;
  private static final long LOW = 0x7F7F7F7F7F7F7F7FL;
  private static final long CASE = 0x2020202020202020L;

  /** What lifts 'a' to 128, and what lifts the byte behind 'z' there. */
  private static final long FROM_A = 0x1F1F1F1F1F1F1F1FL;

  private static final long BEHIND_Z = 0x0505050505050505L;

  private AsciiRun() {}

  /** The end of the run of {@code [a-z]} from {@code from} on. */
  static int lower(byte[] utf8, int from, int to) {
    int at = from;
    for (; at + 8 <= to; at += 8) {
      int letters = letters((long) EIGHT.get(utf8, at), 0);
      if (letters < 8) {
        return at + letters;
      }
    }
    while (at < to && utf8[at] >= 'a' && utf8[at] <= 'z') {
      at++;
    }
    return at;
  }

  /** The end of the run of {@code [A-Za-z]} from {@code from} on. */
  static int letters(byte[] utf8, int from, int to) {
    int at = from;
    for (; at + 8 <= to; at += 8) {
      int letters = letters((long) EIGHT.get(utf8, at), CASE);
      if (letters < 8) {
        return at + letters;
      }
    }
    while (at < to && (utf8[at] | 0x20) >= 'a' && (utf8[at] | 0x20) <= 'z') {
      at++;
    }
    return at;
  }

  /** How many of eight bytes, from the lowest on, are letters. */
  private static int letters(long eight, long fold) {
    long low = (eight & LOW) | fold;
    long letters = (low + FROM_A) & ~(low + BEHIND_Z) & ~eight & HIGH;
    return Long.numberOfTrailingZeros(letters ^ HIGH) >>> 3;
  }
}
