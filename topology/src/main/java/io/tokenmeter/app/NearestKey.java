package io.tokenmeter.app;

import java.util.Collection;
import java.util.Comparator;

/** Finds what a person probably meant, by Levenshtein's distance. */
final class NearestKey {
  private NearestKey() {}

  /**
   * The known key that is nearest to the given one; of equally near ones, the first in order.
   *
   * @param known not empty
   */
  static String to(String key, Collection<String> known) {
    return known.stream()
        .sorted()
        .min(Comparator.comparingInt(candidate -> distance(key, candidate)))
        .orElseThrow();
  }

  /** How many characters to insert, delete or replace to make one word the other. */
  static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
