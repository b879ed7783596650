package io.tokenmeter.measured.count;

import static io.tokenmeter.measured.count.CharacterClasses.END;
import static io.tokenmeter.measured.count.CharacterClasses.LETTER;
import static io.tokenmeter.measured.count.CharacterClasses.LOWER;
import static io.tokenmeter.measured.count.CharacterClasses.MARK;
import static io.tokenmeter.measured.count.CharacterClasses.NEWLINE;
import static io.tokenmeter.measured.count.CharacterClasses.NUMBER;
import static io.tokenmeter.measured.count.CharacterClasses.OTHER;
import static io.tokenmeter.measured.count.CharacterClasses.SPACE;
import static io.tokenmeter.measured.count.CharacterClasses.UPPER;

/**
 * Cuts text into the pieces within which tokens are formed.
 *
 * <p>Each is the regular expression that tiktoken publishes for its vocabulary ({@code
 * tiktoken_ext/openai_public.py}), written out by hand over UTF-8 bytes. Rust's {@code regex} gives
 * the expressions their meaning: {@code \s} is White_Space, and without case {@code s} is also
 * U+017F.
 */
sealed interface Splitter permits O200kSplitter, Cl100kSplitter, Gpt2Splitter {
  /**
   * The end of the piece that starts at {@code from}: more than {@code from}, at most {@code to}.
   *
   * @param utf8 well-formed from {@code from} to {@code to}
   */
  int next(byte[] utf8, int from, int to);

  /** The end of a run of {@code [^\s\p{L}\p{N}]}. */
  static int signs(byte[] utf8, int from, int to) {
    int at = from;
    for (; ; ) {
      int found = CharacterClasses.at(utf8, at, to);
      switch (found & 15) {
        case OTHER, MARK -> at += found >> 4;
        default -> {
          return at;
        }
      }
    }
  }

  /** The end of up to three of {@code \p{N}}, the first of which ends at {@code from}. */
  static int digits(byte[] utf8, int from, int to) {
    int at = from;
    for (int more = 0; more < 2; more++) {
      int found = CharacterClasses.at(utf8, at, to);
      if ((found & 15) != NUMBER) {
        break;
      }
      at += found >> 4;
    }
    return at;
  }

  /**
   * The end of {@code \s*[\r\n]+|\s+(?!\S)|\s+} from white space on: behind the last line break of
   * the run, or else before its last character, which goes with what follows; all of a run that
   * ends the text, or has one character.
   */
  static int spaceWithLines(byte[] utf8, int from, int to) {
    int at = from;
    int last = from;
    int line = -1;
    for (; ; ) {
      int found = CharacterClasses.at(utf8, at, to);
      switch (found & 15) {
        case SPACE -> {
          last = at;
          at += found >> 4;
        }
        case NEWLINE -> {
          last = at;
          at += found >> 4;
          line = at;
        }
        case END -> {
          return line >= 0 ? line : at;
        }
        default -> {
          if (line >= 0) {
            return line;
          }
          return last > from ? last : at;
        }
      }
    }
  }

  /** The end of {@code \s+(?!\S)|\s+}: as above, a line break being white space as any. */
  static int space(byte[] utf8, int from, int to) {
    int at = from;
    int last = from;
    for (; ; ) {
      int found = CharacterClasses.at(utf8, at, to);
      switch (found & 15) {
        case SPACE, NEWLINE -> {
          last = at;
          at += found >> 4;
        }
        case END -> {
          return at;
        }
        default -> {
          return last > from ? last : at;
        }
      }
    }
  }

  /** Whether a class is {@code \p{L}}. */
  static boolean isLetter(int characterClass) {
    return characterClass == LOWER || characterClass == UPPER || characterClass == LETTER;
  }

  /**
   * The end of {@code (?i:'s|'t|'re|'ve|'m|'ll|'d)} at {@code from}, or {@code from} where it
   * doesn't stand.
   */
  static int contraction(byte[] utf8, int from, int to) {
    if (to - from < 2 || utf8[from] != '\'') {
      return from;
    }
    int second = to - from < 3 ? 0 : utf8[from + 2] | 0x20;
    switch (utf8[from + 1] | 0x20) {
      case 's', 't', 'm', 'd' -> {
        return from + 2;
      }
      case 'r', 'v' -> {
        return second == 'e' ? from + 3 : from;
      }
      case 'l' -> {
        return second == 'l' ? from + 3 : from;
      }
      default -> {
        boolean longS =
            utf8[from + 1] == (byte) 0xC5 && to - from > 2 && utf8[from + 2] == (byte) 0xBF;
        return longS ? from + 3 : from;
      }
    }
  }
}
