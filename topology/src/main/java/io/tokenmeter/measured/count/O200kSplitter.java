package io.tokenmeter.measured.count;

import static io.tokenmeter.measured.count.CharacterClasses.LETTER;
import static io.tokenmeter.measured.count.CharacterClasses.LOWER;
import static io.tokenmeter.measured.count.CharacterClasses.MARK;
import static io.tokenmeter.measured.count.CharacterClasses.NEWLINE;
import static io.tokenmeter.measured.count.CharacterClasses.NUMBER;
import static io.tokenmeter.measured.count.CharacterClasses.OTHER;
import static io.tokenmeter.measured.count.CharacterClasses.UPPER;

/**
 * The pieces of o200k.
 *
 * <pre>
 * [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|…)?
 * [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|…)?
 * \p{N}{1,3}
 *  ?[^\s\p{L}\p{N}]+[\r\n/]*
 * \s*[\r\n]+
 * \s+(?!\S)
 * \s+
 * </pre>
 */
final class O200kSplitter implements Splitter {
  @Override
  public int next(byte[] utf8, int from, int to) {
    int found = CharacterClasses.at(utf8, from, to);
    int second = from + (found >> 4);
    switch (found & 15) {
      case LOWER -> {
        return Splitter.contraction(utf8, lowerRun(utf8, second, to), to);
      }
      case UPPER, LETTER, MARK -> {
        return word(utf8, from, to);
      }
      case NUMBER -> {
        return Splitter.digits(utf8, second, to);
      }
      case NEWLINE -> {
        return Splitter.spaceWithLines(utf8, from, to);
      }
      default -> {
        return afterSign(utf8, from, second, (found & 15) == OTHER, to);
      }
    }
  }

  /** From one sign or space on, which a word may have before it. */
  private static int afterSign(byte[] utf8, int from, int second, boolean sign, int to) {
    int found = CharacterClasses.at(utf8, second, to);
    switch (found & 15) {
      case LOWER -> {
        return Splitter.contraction(utf8, lowerRun(utf8, second + (found >> 4), to), to);
      }
      case UPPER, LETTER, MARK -> {
        return word(utf8, second, to);
      }
      default -> {
        if (sign || (utf8[from] == ' ' && (found & 15) == OTHER)) {
          return linesAndSlashes(utf8, Splitter.signs(utf8, second, to), to);
        }
        return Splitter.spaceWithLines(utf8, from, to);
      }
    }
  }

  /**
   * From an upper-case or uncased letter or a mark on. Capitals end a word unless lower-case
   * letters follow; then, as the first line of the expression backtracks, it ends behind the last
   * letter or mark of the run that could have been either, or if there is none is all capitals.
   */
  private static int word(byte[] utf8, int from, int to) {
    int at = from;
    int uncased = -1;
    for (; ; ) {
      int found = CharacterClasses.at(utf8, at, to);
      switch (found & 15) {
        case UPPER -> at += found >> 4;
        case LETTER, MARK -> {
          at += found >> 4;
          uncased = at;
        }
        case LOWER -> {
          return Splitter.contraction(utf8, lowerRun(utf8, at + (found >> 4), to), to);
        }
        default -> {
          return Splitter.contraction(utf8, uncased < 0 ? at : uncased, to);
        }
      }
    }
  }

  /** The end of a run of {@code [\p{Ll}\p{Lm}\p{Lo}\p{M}]}. */
  private static int lowerRun(byte[] utf8, int from, int to) {
    int at = from;
    for (; ; ) {
      at = AsciiRun.lower(utf8, at, to);
      int found = CharacterClasses.at(utf8, at, to);
      switch (found & 15) {
        case LOWER, LETTER, MARK -> at += found >> 4;
        default -> {
          return at;
        }
      }
    }
  }

  private static int linesAndSlashes(byte[] utf8, int from, int to) {
    int at = from;
    while (at < to && (utf8[at] == '\n' || utf8[at] == '\r' || utf8[at] == '/')) {
      at++;
    }
    return at;
  }
}
