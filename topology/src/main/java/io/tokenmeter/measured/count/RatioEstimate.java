package io.tokenmeter.measured.count;

import io.tokenmeter.measured.Provenance;
import java.util.List;
import java.util.Objects;

/**
 * Estimates by what o200k counts, times a ratio for the kinds of text of which it is made, each by
 * its share of the bytes; rounded to the nearest.
 *
 * @param hundredths by kind of text, in the order of {@link ScriptShares}
 */
record RatioEstimate(Tokenizer o200k, String family, List<Integer> hundredths)
    implements TextCounter {
  RatioEstimate {
    hundredths = List.copyOf(hundredths);
    if (hundredths.size() != ScriptShares.KINDS) {
      throw new IllegalArgumentException(
          family + " has " + hundredths.size() + " ratios; one for each kind of text is expected");
    }
    for (int ratio : hundredths) {
      if (ratio < 10 || ratio > 1000) {
        throw new IllegalArgumentException(
            family + " has a ratio of " + ratio + " hundredths; 10 to 1000 is allowed");
      }
    }
  }

  @Override
  public Provenance provenance() {
    return Provenance.ESTIMATED;
  }

  @Override
  public boolean assumed() {
    return false;
  }

  @Override
  public long count(byte[] utf8, int from, int to) {
    Objects.checkFromToIndex(from, to, utf8.length);
    long exact = o200k.count(utf8, from, to);
    if (exact == 0) {
      return 0;
    }
    long[] bytes = ScriptShares.of(utf8, from, to);
    long all = 0;
    long weighted = 0;
    for (int kind = 0; kind < bytes.length; kind++) {
      all += bytes[kind];
      weighted += bytes[kind] * hundredths.get(kind);
    }
    // Torn sequences alone have no kind.
    return all == 0 ? exact : Math.max(1, (exact * weighted + 50 * all) / (100 * all));
  }
}
