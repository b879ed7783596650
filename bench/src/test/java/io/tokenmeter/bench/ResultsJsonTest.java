package io.tokenmeter.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsJsonTest {
  private static final Results RESULTS =
      new Results(
          Instant.parse("2026-01-02T03:04:05Z"),
          false,
          new Machine("a processor", 2, 24, "a JDK", "a kernel", 0.5),
          List.of(
              new ScenarioResult(
                  "ledger",
                  61,
                  List.of(
                      Figure.of("CPU per fact", "µs", Target.atMost("60"), 71, 70, 75),
                      Figure.of("facts a second", "/s", Target.higher(), 12345)),
                  List.of("How it came about."))));

  @TempDir Path directory;

  @Test
  void readsWhatItWrote() throws IOException {
    Path file = directory.resolve("results.json");
    Files.writeString(file, ResultsJson.write(RESULTS));

    assertThat(ResultsJson.read(file)).isEqualTo(RESULTS);
  }

  @Test
  void findsTheNewestOfADirectory() throws IOException {
    Results older = new Results(RESULTS.at().minusSeconds(1), false, RESULTS.machine(), List.of());
    Files.writeString(directory.resolve("b.json"), ResultsJson.write(older));
    Files.writeString(directory.resolve("a.json"), ResultsJson.write(RESULTS));

    assertThat(BenchCommand.newest(directory)).contains(RESULTS);
    assertThat(BenchCommand.newest(directory.resolve("none"))).isEmpty();
  }

  @Test
  void saysOfAFileThatItHoldsNoResults() throws IOException {
    Path file = directory.resolve("other.json");
    Files.writeString(file, "{}");

    assertThatThrownBy(() -> ResultsJson.read(file))
        .isInstanceOf(BenchFailure.class)
        .hasMessage(file + " holds no results; name a file that `tokenmeter bench --out` wrote");
  }

  @Test
  void showsTargetsAndWhatMoved() {
    Results before =
        new Results(
            RESULTS.at(),
            false,
            RESULTS.machine(),
            List.of(
                new ScenarioResult(
                    "ledger",
                    60,
                    List.of(Figure.of("CPU per fact", "µs", Target.atMost("60"), 140, 145)),
                    List.of())));

    assertThat(Tables.terminal(RESULTS.scenarios().get(0), before))
        .isEqualTo(
            """
            ledger                               target
              CPU per fact        71  µs  70–75  ≤ 60 MISSED  better by 50%, was 143
              facts a second  12,345  /s
              How it came about.
            """);
    assertThat(Tables.markdown(RESULTS))
        .contains("| CPU per fact | 71 µs | 70–75 | ≤ 60, **missed** |");
  }
}
