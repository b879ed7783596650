package io.tokenmeter.measured.count;

import static io.tokenmeter.measured.count.CharacterClasses.LETTER;
import static io.tokenmeter.measured.count.CharacterClasses.LOWER;
import static io.tokenmeter.measured.count.CharacterClasses.MARK;
import static io.tokenmeter.measured.count.CharacterClasses.NEWLINE;
import static io.tokenmeter.measured.count.CharacterClasses.NUMBER;
import static io.tokenmeter.measured.count.CharacterClasses.OTHER;
import static io.tokenmeter.measured.count.CharacterClasses.SPACE;
import static io.tokenmeter.measured.count.CharacterClasses.UPPER;

/**
 * The pieces of cl100k.
 *
 * <pre>
 * '(?i:[sdmt]|ll|ve|re)
 * [^\r\n\p{L}\p{N}]?\p{L}+
 * \p{N}{1,3}
 *  ?[^\s\p{L}\p{N}]+[\r\n]*
 * \s*[\r\n]+
 * \s+(?!\S)
 * \s+
 * </pre>
 */
final class Cl100kSplitter implements Splitter {
  @Override
  public int next(byte[] utf8, int from, int to) {
    int found = CharacterClasses.at(utf8, from, to);
    int second = from + (found >> 4);
    switch (found & 15) {
      case UPPER, LOWER, LETTER -> {
        return letters(utf8, second, to);
      }
      case NUMBER -> {
        return Splitter.digits(utf8, second, to);
      }
      case NEWLINE -> {
        return Splitter.spaceWithLines(utf8, from, to);
      }
      case SPACE -> {
        int next = CharacterClasses.at(utf8, second, to);
        int nextClass = next & 15;
        if (Splitter.isLetter(nextClass)) {
          return letters(utf8, second + (next >> 4), to);
        }
        return utf8[from] == ' ' && (nextClass == OTHER || nextClass == MARK)
            ? lines(utf8, Splitter.signs(utf8, second, to), to)
            : Splitter.spaceWithLines(utf8, from, to);
      }
      default -> {
        int contraction = Splitter.contraction(utf8, from, to);
        if (contraction > from) {
          return contraction;
        }
        int next = CharacterClasses.at(utf8, second, to);
        return Splitter.isLetter(next & 15)
            ? letters(utf8, second + (next >> 4), to)
            : lines(utf8, Splitter.signs(utf8, second, to), to);
      }
    }
  }

  /** The end of a run of {@code \p{L}}. */
  static int letters(byte[] utf8, int from, int to) {
    int at = from;
    for (; ; ) {
      at = AsciiRun.letters(utf8, at, to);
      int found = CharacterClasses.at(utf8, at, to);
      if (!Splitter.isLetter(found & 15)) {
        return at;
      }
      at += found >> 4;
    }
  }

  private static int lines(byte[] utf8, int from, int to) {
    int at = from;
    while (at < to && (utf8[at] == '\n' || utf8[at] == '\r')) {
      at++;
    }
    return at;
  }
}
