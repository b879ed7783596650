package io.tokenmeter.measured.count;

import java.util.Arrays;

/**
 * Which token two neighbours merge into: an open-addressing table from pairs of ranks to ranks.
 *
 * <p>An entry is one long: both ranks and the merged one have 18 bits each. Most pairs that are
 * asked for don't merge; a filter of a few bits a pair, small enough to stay in a core's own cache,
 * tells most of those without a look into the table.
 */
final class MergeTable {
  static final int NONE = Integer.MAX_VALUE;

  /** Bits of a rank; the largest vocabulary has 199,998. */
  static final int RANK_BITS = 18;

  private static final long RANK = (1 << RANK_BITS) - 1;
  private static final int FILTER_BITS = 21;

  private final long[] entries;
  private final int shift;
  private final long[] filter = new long[1 << (FILTER_BITS - 6)];

  MergeTable(int ranks) {
    if (ranks > RANK) {
      throw new IllegalArgumentException("vocabulary has " + ranks + " ranks; at most " + RANK);
    }
    int bits = 64 - Long.numberOfLeadingZeros(ranks * 2L);
    entries = new long[1 << bits];
    Arrays.fill(entries, -1);
    shift = 64 - bits;
  }

  void put(int left, int right, int token) {
    long pair = pair(left, right);
    long hash = hash(pair);
    int slot = (int) (hash >>> shift);
    while (entries[slot] != -1) {
      slot = (slot + 1) & (entries.length - 1);
    }
    entries[slot] = (pair << RANK_BITS) | token;
    int bit = (int) hash & ((1 << FILTER_BITS) - 1);
    filter[bit >> 6] |= 1L << bit;
  }

  /** The token, or {@link #NONE} where they don't merge. */
  int of(int left, int right) {
    long pair = pair(left, right);
    long hash = hash(pair);
    int bit = (int) hash & ((1 << FILTER_BITS) - 1);
    return (filter[bit >> 6] & (1L << bit)) == 0 ? NONE : find(pair, (int) (hash >>> shift));
  }

  private int find(long pair, int from) {
    for (int slot = from; ; slot = (slot + 1) & (entries.length - 1)) {
      long entry = entries[slot];
      if (entry >> RANK_BITS == pair) {
        return (int) (entry & RANK);
      }
      if (entry == -1) {
        return NONE;
      }
    }
  }

  private static long pair(int left, int right) {
    return ((long) left << RANK_BITS) | right;
  }

  private static long hash(long pair) {
    long mixed = pair * 0x9E3779B97F4A7C15L;
    return mixed ^ (mixed >>> 32);
  }
}
