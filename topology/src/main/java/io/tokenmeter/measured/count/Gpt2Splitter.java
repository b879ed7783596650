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
 * The pieces of r50k and p50k, which are GPT-2's.
 *
 * <pre>
 * '(?:[sdmt]|ll|ve|re)
 *  ?\p{L}+
 *  ?\p{N}+
 *  ?[^\s\p{L}\p{N}]+
 * \s+(?!\S)
 * \s+
 * </pre>
 */
final class Gpt2Splitter implements Splitter {
  @Override
  public int next(byte[] utf8, int from, int to) {
    if (utf8[from] == '\'') {
      int contraction = Splitter.contraction(utf8, from, to);
      if (contraction > from && isLowerCase(utf8, from + 1, contraction)) {
        return contraction;
      }
    }
    int first = CharacterClasses.at(utf8, from, to);
    int at = from + (first >> 4);
    int found = utf8[from] == ' ' ? CharacterClasses.at(utf8, at, to) : first;
    if (utf8[from] == ' ') {
      at += found >> 4;
    }
    switch (found & 15) {
      case UPPER, LOWER, LETTER -> {
        return Cl100kSplitter.letters(utf8, at, to);
      }
      case NUMBER -> {
        return numbers(utf8, at, to);
      }
      case OTHER, MARK -> {
        return Splitter.signs(utf8, at, to);
      }
      case SPACE, NEWLINE, END -> {
        return Splitter.space(utf8, from, to);
      }
      default -> throw new IllegalStateException("character class " + (found & 15));
    }
  }

  private static int numbers(byte[] utf8, int from, int to) {
    int at = from;
    int found = CharacterClasses.at(utf8, at, to);
    while ((found & 15) == NUMBER) {
      at += found >> 4;
      found = CharacterClasses.at(utf8, at, to);
    }
    return at;
  }

  private static boolean isLowerCase(byte[] utf8, int from, int to) {
    for (int i = from; i < to; i++) {
      if (utf8[i] < 'a' || utf8[i] > 'z') {
        return false;
      }
    }
    return true;
  }
}
