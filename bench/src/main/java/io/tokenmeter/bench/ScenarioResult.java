package io.tokenmeter.bench;

import java.util.List;

/**
 * What a scenario came to.
 *
 * @param scenario its name
 * @param seconds how long it took, preparation included
 * @param notes how the figures came about: sentences for those who read them
 */
record ScenarioResult(String scenario, long seconds, List<Figure> figures, List<String> notes) {
  ScenarioResult {
    figures = List.copyOf(figures);
    notes = List.copyOf(notes);
  }
}
