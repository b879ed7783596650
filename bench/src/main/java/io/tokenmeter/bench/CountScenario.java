package io.tokenmeter.bench;

import io.tokenmeter.measured.count.CountReport;
import io.tokenmeter.measured.count.CountReport.Effort;
import io.tokenmeter.measured.count.CountReport.Speed;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/** Counting tokens: by script beside jtokkit, with history that is sent again, at its worst. */
final class CountScenario implements Scenario {
  private static final List<String> SCRIPTS =
      List.of(
          "english",
          "code",
          "json",
          "persian",
          "french",
          "japanese",
          "chinese",
          "emoji",
          "base64",
          "logs");
  private static final Map<String, Target> OVER_LIBRARY =
      Map.of("o200k", Target.atLeast("8"), "cl100k", Target.atLeast("4"));
  private static final Target SLOWEST = Target.atLeast("5");
  private static final String UNIT = "MB/s";

  @Override
  public void run(Bench bench, Findings findings) {
    try {
      measure(bench, bench.directory().resolve("count.log"), findings);
    } catch (RunnerException e) {
      throw new BenchFailure("JMH failed: " + e.getMessage(), e);
    }
    findings.note(
        "Megabytes of UTF-8 a second of one thread's CPU time, by JMH, in a process for each. The"
            + " cold figure begins each pass with an empty cache of pieces; the others keep it."
            + " Conversations have ten turns, each with all that was said before; the memo holds"
            + " counts and no text. The worst texts are those that other counters choke on.");
  }

  private static void measure(Bench bench, Path log, Findings findings) throws RunnerException {
    boolean quick = bench.quick();
    Effort thorough = quick ? new Effort(1, 50, 0) : new Effort(5, 1_000, 1);
    Effort brief = quick ? new Effort(1, 20, 0) : new Effort(3, 400, 1);
    bench.say("count: mixed text ...");
    mixed(
        CountReport.texts(
            List.of("ours", "oursEmptied", "library"),
            List.of("o200k", "cl100k"),
            List.of(quick ? "logs" : "mixed"),
            thorough,
            log),
        findings);
    bench.say("count: by script ...");
    scripts(
        CountReport.texts(
            List.of("ours", "library"),
            List.of("o200k"),
            quick ? List.of("json") : SCRIPTS,
            brief,
            log),
        findings);
    bench.say("count: conversations ...");
    conversations(CountReport.conversations(thorough, log), findings);
    bench.say("count: the worst texts ...");
    worst(
        CountReport.texts(
            List.of("oursEmptied"),
            List.of("o200k"),
            quick ? List.of("dashes") : CountReport.worstKinds(),
            brief,
            log),
        brief.iterations(),
        findings);
  }

  private static void mixed(List<Speed> speeds, Findings findings) {
    for (Speed ours : by("ours", speeds)) {
      String name = ours.vocabulary() + ", " + ours.kind() + ": ";
      Speed library = same(ours, "library", speeds);
      findings.add(figure(name + "ours", ours, 5));
      findings.add(figure(name + "ours, cold", same(ours, "oursEmptied", speeds), 5));
      findings.add(figure(name + "jtokkit", library, 5));
      findings.add(
          name + "ours ÷ jtokkit",
          "×",
          OVER_LIBRARY.get(ours.vocabulary()),
          ours.median() / library.median());
    }
  }

  private static void scripts(List<Speed> speeds, Findings findings) {
    for (Speed ours : by("ours", speeds)) {
      Speed library = same(ours, "library", speeds);
      findings.add(figure(ours.kind() + ": ours", ours, 3));
      findings.add(
          ours.kind() + ": ours ÷ jtokkit", "×", Target.higher(), ours.median() / library.median());
    }
  }

  private static void conversations(List<Speed> speeds, Findings findings) {
    Speed without = of(CountReport.NO_MEMO, speeds);
    Speed with = of(CountReport.MEMO, speeds);
    findings.add(figure("conversations: without the memo", without, 5));
    findings.add(figure("conversations: with it", with, 5));
    findings.add(
        "conversations: with ÷ without",
        "×",
        Target.atLeast("5"),
        with.median() / without.median());
  }

  private static void worst(List<Speed> speeds, int runs, Findings findings) {
    List<Speed> sorted = speeds.stream().sorted(Comparator.comparingDouble(Speed::median)).toList();
    for (Speed speed : sorted) {
      findings.add(
          new Figure(
              "worst texts, cold: " + speed.kind(),
              UNIT,
              speed.median(),
              speed.low(),
              speed.high(),
              runs,
              SLOWEST));
    }
  }

  private static Figure figure(String name, Speed speed, int runs) {
    return new Figure(name, UNIT, speed.median(), speed.low(), speed.high(), runs, Target.higher());
  }

  private static List<Speed> by(String method, List<Speed> speeds) {
    return speeds.stream().filter(speed -> speed.method().equals(method)).toList();
  }

  private static Speed same(Speed as, String method, List<Speed> speeds) {
    return by(method, speeds).stream()
        .filter(speed -> speed.kind().equals(as.kind()))
        .filter(speed -> speed.vocabulary().equals(as.vocabulary()))
        .findFirst()
        .orElseThrow();
  }

  private static Speed of(String kind, List<Speed> speeds) {
    return speeds.stream().filter(speed -> speed.kind().equals(kind)).findFirst().orElseThrow();
  }
}
