package io.tokenmeter.measured.count;

/** Of how many bytes of which kind a text is, as far as tokenizers differ by it. */
final class ScriptShares {
  /** ASCII letters and spaces, as in English. */
  static final int LETTERS = 0;

  /** ASCII punctuation and control characters. */
  static final int SIGNS = 1;

  /** ASCII digits. */
  static final int DIGITS = 2;

  /** Latin letters of a text with accents. */
  static final int ACCENTED = 3;

  /** Ideographs, and what stands between them. */
  static final int HAN = 4;

  /** Hiragana and katakana. */
  static final int KANA = 5;

  /** Arabic script, Persian and Urdu among it. */
  static final int ARABIC = 6;

  /** All else. */
  static final int OTHER = 7;

  /** How many kinds there are: the columns of {@code estimates.txt}, in this order. */
  static final int KINDS = 8;

  /** One accented letter in twenty makes all Latin letters those of an accented text. */
  private static final int LETTERS_PER_ACCENT = 20;

  private ScriptShares() {}

  /** Bytes by kind. */
  static long[] of(byte[] utf8, int from, int to) {
    long[] bytes = new long[KINDS];
    for (int at = from; at < to; at++) {
      int lead = utf8[at] & 0xFF;
      int next = at + 1 < to ? utf8[at + 1] & 0xFF : 0;
      if (lead < 0x80) {
        bytes[ascii(lead)]++;
      } else if (lead >= 0xC0) {
        int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        bytes[beyondAscii(lead, next)] += length;
      }
    }
    long accents = bytes[ACCENTED] / 2;
    long moved = Math.min(bytes[LETTERS], accents * LETTERS_PER_ACCENT);
    bytes[LETTERS] -= moved;
    bytes[ACCENTED] += moved;
    return bytes;
  }

  private static int ascii(int c) {
    int folded = c | 0x20;
    if (c == ' ' || (folded >= 'a' && folded <= 'z')) {
      return LETTERS;
    }
    return c >= '0' && c <= '9' ? DIGITS : SIGNS;
  }

  /** By the first two bytes of a sequence. */
  private static int beyondAscii(int lead, int next) {
    if (lead <= 0xCA) {
      return lead >= 0xC3 ? ACCENTED : OTHER; // U+00C0 to U+02BF
    }
    if (lead >= 0xD8 && lead <= 0xDB) {
      return ARABIC; // U+0600 to U+06FF
    }
    if (lead == 0xE3) {
      return next >= 0x81 && next <= 0x83 ? KANA : HAN; // U+3040 to U+30FF
    }
    boolean han =
        (lead >= 0xE4 && lead <= 0xE9) // U+4000 to U+9FFF
            || (lead == 0xEF && (next == 0xBC || next == 0xBD)) // full width
            || (lead == 0xF0 && next >= 0xA0); // U+20000 on
    return han ? HAN : OTHER;
  }
}
