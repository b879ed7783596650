package io.tokenmeter.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The scenarios work: those that between them use every part of the suite, to keep this short.
 * Quick runs say nothing about speed, so nothing about speed is asked.
 */
class ScenariosIT {
  @TempDir Path directory;

  @Test
  void countsTexts() {
    assertThat(run(Suite.COUNT).figures())
        .extracting(Figure::name)
        .contains("o200k, logs: ours ÷ jtokkit", "conversations: with ÷ without");
  }

  @Test
  void measuresBodies() {
    assertThat(run(Suite.MEASURE).figures())
        .extracting(Figure::name)
        .contains(
            "openai request, JSON, 20 KB: CPU a body",
            "gemini answer, SSE, 1 KB: speed",
            "anthropic answer, JSON, 200 KB: allocated a body");
  }

  @Test
  void timesExchangesFromAppendToBalance() {
    Findings findings = run(Suite.LATENCY);

    assertThat(findings.figures())
        .extracting(Figure::name)
        .contains("at 50% of capacity, billed: p99", "at 50% of capacity, readable: p99");
    assertThat(findings.figures()).allMatch(figure -> figure.value() > 0);
  }

  @Test
  void restoresState() {
    assertThat(run(Suite.RESTORE).figures())
        .extracting(Figure::name)
        .contains(
            "posted, 20 organisations, 200 ids: restored in",
            "200 organisations, 2,000 ids: restored in");
  }

  private Findings run(Suite suite) {
    Findings findings = new Findings();
    suite.scenario().run(new Bench(true, directory, Optional.empty(), line -> {}), findings);
    assertThat(findings.figures()).isNotEmpty();
    assertThat(findings.notes()).isNotEmpty();
    return findings;
  }
}
