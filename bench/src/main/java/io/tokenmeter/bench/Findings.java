package io.tokenmeter.bench;

import java.util.ArrayList;
import java.util.List;

/** What a scenario has found so far, in the order in which it is shown. */
final class Findings {
  private final List<Figure> figures = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  void add(Figure figure) {
    figures.add(figure);
  }

  void add(String name, String unit, Target target, double... runs) {
    add(Figure.of(name, unit, target, runs));
  }

  /** A sentence on how the figures came about. */
  void note(String sentence) {
    notes.add(sentence);
  }

  List<Figure> figures() {
    return List.copyOf(figures);
  }

  List<String> notes() {
    return List.copyOf(notes);
  }
}
