package io.tokenmeter.measured.count;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * Remembers how many tokens whole messages have: a conversation sends its history again with every
 * turn.
 *
 * <p>A message is known by two hashes of 61 bits. Each is the value, modulo the prime 2^61 − 1, of
 * the polynomial whose coefficients are the message's length and its bytes, seven at a time, at a
 * point drawn at random when the process starts. Two messages of n bytes have the same hash at no
 * more than n ÷ 7 + 2 points, so that any two are taken for one another with a chance of less than
 * (n ÷ 2^63)², whoever wrote them: less than 10^-24 for a megabyte. Direct-mapped; one thread at a
 * time.
 */
final class MessageMemo {
  static final long UNKNOWN = -1;

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long PRIME = (1L << 61) - 1;
  private static final long SEVEN_BYTES = (1L << 56) - 1;
  private static final long TAKEN = 1L << 62;
  private static final long FIRST_POINT = point();
  private static final long SECOND_POINT = point();

  private final long[] entries;
  private final int mask;
  private long first;
  private long second;

  /**
   * @param bits binary logarithm of the messages remembered
   */
  MessageMemo(int bits) {
    entries = new long[3 << bits];
    mask = (1 << bits) - 1;
  }

  private static long point() {
    return (new SecureRandom().nextLong() >>> 4) + (1L << 59);
  }

  /** Tokens of a message, or {@link #UNKNOWN}; then {@link #remember} may be told. */
  long find(byte[] utf8, int from, int to) {
    hash(utf8, from, to);
    int entry = 3 * ((int) first & mask);
    return entries[entry] == (first | TAKEN) && entries[entry + 1] == second
        ? entries[entry + 2]
        : UNKNOWN;
  }

  /** Keeps the tokens of the message last asked for, and forgets another for it. */
  void remember(long tokens) {
    int entry = 3 * ((int) first & mask);
    entries[entry] = first | TAKEN;
    entries[entry + 1] = second;
    entries[entry + 2] = tokens;
  }

  private void hash(byte[] utf8, int from, int to) {
    int length = to - from;
    long a = length;
    long b = a;
    int at = from;
    int wide = Math.min(to - 7, utf8.length - 8);
    for (; at <= wide; at += 7) {
      long seven = (long) EIGHT.get(utf8, at) & SEVEN_BYTES;
      a = times(a, FIRST_POINT) + seven;
      b = times(b, SECOND_POINT) + seven;
    }
    for (; at < to; at += 7) {
      long rest = 0;
      for (int i = Math.min(to, at + 7) - 1; i >= at; i--) {
        rest = (rest << 8) | (utf8[i] & 0xFF);
      }
      a = times(a, FIRST_POINT) + rest;
      b = times(b, SECOND_POINT) + rest;
    }
    first = reduced(a);
    second = reduced(b);
  }

  /** A product modulo the prime, but perhaps a little over it. */
  private static long times(long value, long point) {
    long low = value * point;
    long high = Math.multiplyHigh(value, point);
    long sum = (low & PRIME) + ((low >>> 61) | (high << 3));
    return (sum & PRIME) + (sum >>> 61);
  }

  private static long reduced(long value) {
    long once = (value & PRIME) + (value >>> 61);
    return once >= PRIME ? once - PRIME : once;
  }
}
