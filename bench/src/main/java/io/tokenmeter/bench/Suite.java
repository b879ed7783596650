package io.tokenmeter.bench;

import java.util.Locale;

/** The scenarios there are, by the name that asks for them. */
enum Suite {
  COUNT,
  MEASURE,
  LEDGER,
  PIPELINE,
  LATENCY,
  RESTORE,
  SCALE,
  ALL;

  Scenario scenario() {
    return switch (this) {
      case COUNT -> new CountScenario();
      case MEASURE -> new MeasureScenario();
      case LEDGER -> new LedgerScenario();
      case PIPELINE -> new PipelineScenario();
      case LATENCY -> new LatencyScenario();
      case RESTORE -> new RestoreScenario();
      case SCALE -> new ScaleScenario();
      case ALL -> throw new IllegalStateException("all is none in particular");
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
