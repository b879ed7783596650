package io.tokenmeter.bench;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a run of the suite came to.
 *
 * @param at when it began
 * @param quick whether it was a short run, whose figures mean nothing
 */
record Results(Instant at, boolean quick, Machine machine, List<ScenarioResult> scenarios) {
  Results {
    scenarios = List.copyOf(scenarios);
  }

  Optional<Figure> figure(String scenario, String name) {
    return scenarios.stream()
        .filter(result -> result.scenario().equals(scenario))
        .flatMap(result -> result.figures().stream())
        .filter(figure -> figure.name().equals(name))
        .findFirst();
  }
}
