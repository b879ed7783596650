package io.tokenmeter.measured.count;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the splitting rules tell characters apart by: general category and white space, as of
 * Unicode 16.0, frozen.
 *
 * <p>{@link Character} won't do: on JDK 17 it knows Unicode 13, and a count must not change with
 * the Java version. The data file {@code unicode-16.txt} holds the runs; in memory it is two
 * stages, blocks of 256 characters of which equal ones are kept once.
 */
final class CharacterClasses {
  /** Neither letter, mark, number nor white space. */
  static final int OTHER = 0;

  /** M. */
  static final int MARK = 1;

  /** White space other than {@link #NEWLINE}. */
  static final int SPACE = 2;

  /** Carriage return and line feed. */
  static final int NEWLINE = 3;

  /** N. */
  static final int NUMBER = 4;

  /** Lu and Lt. */
  static final int UPPER = 5;

  /** Ll. */
  static final int LOWER = 6;

  /** Lm and Lo: letters without case. */
  static final int LETTER = 7;

  /** Behind the last character. */
  static final int END = 8;

  private static final List<String> NAMES =
      List.of("OTHER", "MARK", "SPACE", "NEWLINE", "NUMBER", "UPPER", "LOWER", "LETTER");
  private static final int BLOCK_BITS = 8;
  private static final int BLOCK = 1 << BLOCK_BITS;
  private static final int CODE_POINTS = Character.MAX_CODE_POINT + 1;

  private static final byte[] BLOCK_OF = new byte[CODE_POINTS >> BLOCK_BITS];
  private static final byte[] CLASSES = compact(classes());

  /** For ASCII what {@link #at} returns. */
  private static final byte[] ASCII = ascii();

  private CharacterClasses() {}

  /**
   * The class of the character that starts at an index, and behind it, from bit 4 on, its length in
   * bytes; {@link #END} with length 0 at the end.
   *
   * @param utf8 well-formed from {@code at} to {@code to}
   */
  static int at(byte[] utf8, int at, int to) {
    if (at >= to) {
      return END;
    }
    int lead = utf8[at];
    return lead >= 0 ? ASCII[lead] : beyondAscii(utf8, at, lead);
  }

  private static int beyondAscii(byte[] utf8, int at, int lead) {
    int second = utf8[at + 1] & 0x3F;
    if (lead < (byte) 0xE0) {
      return of(((lead & 0x1F) << 6) | second) | (2 << 4);
    }
    int third = utf8[at + 2] & 0x3F;
    if (lead < (byte) 0xF0) {
      return of(((lead & 0x0F) << 12) | (second << 6) | third) | (3 << 4);
    }
    int fourth = utf8[at + 3] & 0x3F;
    return of(((lead & 0x07) << 18) | (second << 12) | (third << 6) | fourth) | (4 << 4);
  }

  /** The class of a code point. */
  static int of(int codePoint) {
    int block = BLOCK_OF[codePoint >> BLOCK_BITS] & 0xFF;
    return CLASSES[(block << BLOCK_BITS) | (codePoint & (BLOCK - 1))];
  }

  private static byte[] classes() {
    byte[] classes = new byte[CODE_POINTS];
    int from = 0;
    byte current = OTHER;
    for (List<String> run : DataLines.of("unicode-16.txt")) {
      int start = Integer.parseInt(run.get(0), 16);
      Arrays.fill(classes, from, start, current);
      from = start;
      current = (byte) NAMES.indexOf(run.get(1));
    }
    Arrays.fill(classes, from, CODE_POINTS, current);
    return classes;
  }

  private static byte[] compact(byte[] classes) {
    Map<String, Integer> kept = new HashMap<>();
    byte[] blocks = new byte[classes.length];
    for (int block = 0; block < BLOCK_OF.length; block++) {
      byte[] one = Arrays.copyOfRange(classes, block * BLOCK, (block + 1) * BLOCK);
      int index = kept.computeIfAbsent(Arrays.toString(one), unseen -> kept.size());
      BLOCK_OF[block] = (byte) index;
      System.arraycopy(one, 0, blocks, index * BLOCK, BLOCK);
    }
    if (kept.size() > BLOCK) {
      throw new IllegalStateException(kept.size() + " different blocks; 256 fit into a byte");
    }
    return Arrays.copyOf(blocks, kept.size() * BLOCK);
  }

  private static byte[] ascii() {
    byte[] ascii = new byte[128];
    for (int i = 0; i < ascii.length; i++) {
      ascii[i] = (byte) (of(i) | (1 << 4));
    }
    return ascii;
  }
}
