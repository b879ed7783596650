package io.tokenmeter.app.audit;

import io.tokenmeter.raw.Origin;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects disagreements; beyond a number of them only counts, so that a bad day fits in memory.
 */
final class Findings {
  private static final int KEPT = 100;
  private final List<Disagreement> kept = new ArrayList<>();
  private long count;

  void add(String what, Origin... where) {
    count++;
    if (kept.size() < KEPT) {
      kept.add(new Disagreement(what, List.of(where)));
    }
  }

  void addAll(Findings others) {
    count += others.count;
    others.kept.stream().limit(KEPT - (long) kept.size()).forEach(kept::add);
  }

  List<Disagreement> kept() {
    return List.copyOf(kept);
  }

  long count() {
    return count;
  }
}
