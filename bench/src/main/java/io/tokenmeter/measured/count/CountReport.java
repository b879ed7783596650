package io.tokenmeter.measured.count;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Statistics;

/** Runs {@link CountBenchmark}. */
public final class CountReport {
  /** Of a conversation's benchmark: as much memory as is given by default. */
  public static final String MEMO = "8388608";

  /** None. */
  public static final String NO_MEMO = "0";

  /**
   * How long each is run.
   *
   * @param iterations 1 or more
   * @param milliseconds of each of them
   * @param forks 0 runs it in this process, where others' code spoils it
   */
  public record Effort(int iterations, int milliseconds, int forks) {}

  /**
   * What was measured, in megabytes a second of one thread's processor time.
   *
   * @param method of the benchmark
   * @param vocabulary empty for conversations
   * @param kind of text; of conversations how much memory the memo has
   */
  public record Speed(
      String method, String vocabulary, String kind, double median, double low, double high) {}

  private CountReport() {}

  /** Names of the texts that other counters choke on. */
  public static List<String> worstKinds() {
    return List.copyOf(WorstTexts.of(1_000).keySet());
  }

  /**
   * Counts texts.
   *
   * @param methods of {@link CountBenchmark}
   * @param log takes what JMH prints
   */
  public static List<Speed> texts(
      List<String> methods, List<String> vocabularies, List<String> kinds, Effort effort, Path log)
      throws RunnerException {
    return run(
        options(methods, effort, log)
            .param("encoding", vocabularies.toArray(new String[0]))
            .param("kind", kinds.toArray(new String[0])));
  }

  /** Counts conversations that send their history again, without and with the memo. */
  public static List<Speed> conversations(Effort effort, Path log) throws RunnerException {
    return run(options(List.of("conversations"), effort, log).param("memoBytes", NO_MEMO, MEMO));
  }

  private static ChainedOptionsBuilder options(List<String> methods, Effort effort, Path log) {
    TimeValue time = TimeValue.milliseconds(effort.milliseconds());
    return new OptionsBuilder()
        .include(CountBenchmark.class.getName() + "\\.(" + String.join("|", methods) + ")$")
        .forks(effort.forks())
        .warmupIterations(effort.iterations())
        .warmupTime(time)
        .measurementIterations(effort.iterations())
        .measurementTime(time)
        .output(log.toString());
  }

  private static List<Speed> run(ChainedOptionsBuilder options) throws RunnerException {
    List<Speed> speeds = new ArrayList<>();
    for (RunResult result : new Runner(options.build()).run()) {
      Statistics statistics = result.getSecondaryResults().get("megabytes").getStatistics();
      speeds.add(
          new Speed(
              result.getPrimaryResult().getLabel(),
              parameter(result, "encoding").orElse(""),
              parameter(result, "kind").or(() -> parameter(result, "memoBytes")).orElse(""),
              statistics.getPercentile(50),
              statistics.getMin(),
              statistics.getMax()));
    }
    return speeds;
  }

  private static Optional<String> parameter(RunResult result, String name) {
    return result.getParams().getParamsKeys().contains(name)
        ? Optional.of(result.getParams().getParam(name))
        : Optional.empty();
  }
}
