package io.tokenmeter.measured.count;

import java.util.Arrays;

/**
 * Counts the tokens of a piece from its beginnings: the reading of each ends with the one token
 * that may stand beside the last token of the reading before it.
 *
 * <p>It looks at every byte and every token that starts there, so it is slower than {@link
 * PieceMatcher} by an order, but never goes back and needs no more memory than the longest token
 * has bytes. One thread at a time.
 */
final class PrefixMatcher {
  /** More than the longest token of any vocabulary, 128 bytes. */
  private static final int RING = 256;

  private final Merges merges;
  private final TokenTrie trie;
  private final Vocabulary vocabulary;
  private final int[] last = new int[RING];
  private final long[] tokens = new long[RING];
  private long steps;

  PrefixMatcher(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
    merges = vocabulary.merges();
    trie = vocabulary.trie();
  }

  long count(byte[] utf8, int from, int to) {
    Arrays.fill(last, TokenTrie.NONE);
    tokens[from & (RING - 1)] = 0;
    for (int at = from; at < to; at++) {
      int before = last[at & (RING - 1)];
      long count = tokens[at & (RING - 1)] + 1;
      int token = trie.longest(trie.deepest(utf8, at, to));
      for (; token != TokenTrie.NONE; token = trie.shorter(token)) {
        steps++;
        int end = (at + vocabulary.length(token)) & (RING - 1);
        if (last[end] == TokenTrie.NONE && (at == from || merges.apart(before, token))) {
          last[end] = token;
          tokens[end] = count;
        }
      }
      last[at & (RING - 1)] = TokenTrie.NONE;
    }
    return tokens[to & (RING - 1)];
  }

  long steps() {
    return steps;
  }
}
