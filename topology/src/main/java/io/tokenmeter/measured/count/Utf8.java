package io.tokenmeter.measured.count;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;

/** Text to bytes, with U+FFFD where {@link String#getBytes} writes a question mark; its check. */
final class Utf8 {
  private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH = 0x8080808080808080L;

  private Utf8() {}

  /** The text in UTF-8; each surrogate that has no other half is U+FFFD. */
  static byte[] bytes(String text) {
    return hasLoneSurrogate(text) ? replacing(text) : text.getBytes(UTF_8);
  }

  /** Whether the bytes are UTF-8: no overlong form, no surrogate, nothing torn. */
  static boolean isWellFormed(byte[] bytes, int from, int to) {
    int at = from;
    for (; ; ) {
      while (at + 8 <= to && ((long) EIGHT.get(bytes, at) & HIGH) == 0) {
        at += 8;
      }
      while (at < to && bytes[at] >= 0) {
        at++;
      }
      if (at == to) {
        return true;
      }
      int length = sequence(bytes, at, to);
      if (length == 0) {
        return false;
      }
      at += length;
    }
  }

  /** Length of the sequence beyond ASCII that starts there, or 0 where it is ill-formed. */
  private static int sequence(byte[] bytes, int at, int to) {
    int lead = bytes[at] & 0xFF;
    int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || at + length > to) {
      return 0;
    }
    for (int i = 1; i < length; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    int second = bytes[at + 1] & 0xFF;
    boolean allowed =
        switch (lead) {
          case 0xE0 -> second >= 0xA0; // else overlong
          case 0xED -> second < 0xA0; // else a surrogate
          case 0xF0 -> second >= 0x90; // else overlong
          case 0xF4 -> second < 0x90; // else above U+10FFFF
          default -> true;
        };
    return allowed ? length : 0;
  }

  private static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        boolean pair =
            i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
        if (!pair) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  private static byte[] replacing(String text) {
    try {
      ByteBuffer encoded =
          UTF_8
              .newEncoder()
              .onMalformedInput(CodingErrorAction.REPLACE)
              .replaceWith(REPLACEMENT)
              .encode(CharBuffer.wrap(text));
      byte[] utf8 = new byte[encoded.remaining()];
      encoded.get(utf8);
      return utf8;
    } catch (CharacterCodingException impossible) {
      throw new IllegalStateException("UTF-8 encodes every character or replaces it", impossible);
    }
  }
}
