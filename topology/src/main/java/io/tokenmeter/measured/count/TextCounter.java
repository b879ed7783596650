package io.tokenmeter.measured.count;

import io.tokenmeter.measured.Provenance;

/**
 * Counts the tokens of a text as one model's tokenizer would.
 *
 * <p>All of it is ordinary text: where a text spells a special token, such as {@code
 * <|endoftext|>}, the letters are counted. Bytes that are not UTF-8 count as U+FFFD, one for each
 * ill-formed sequence as {@link String#String(byte[], java.nio.charset.Charset)} finds them; so
 * does a surrogate without its other half. Thread safe.
 */
public interface TextCounter {
  /**
   * {@link Provenance#TOKENIZED} where a public vocabulary was applied, else {@link
   * Provenance#ESTIMATED}; never another.
   */
  Provenance provenance();

  /**
   * Whether the vocabulary is applied on the assumption that the model uses it, because its maker
   * has not said so. Always false for an estimate.
   */
  boolean assumed();

  /**
   * Tokens of the text in {@code utf8[from, to)}.
   *
   * @return 0 or more; 0 for no text at all
   * @throws IndexOutOfBoundsException when the range is not within the array
   */
  long count(byte[] utf8, int from, int to);

  /** Tokens of a text. */
  default long count(String text) {
    byte[] utf8 = Utf8.bytes(text);
    return count(utf8, 0, utf8.length);
  }
}
