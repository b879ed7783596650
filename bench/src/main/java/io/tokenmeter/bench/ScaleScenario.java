package io.tokenmeter.bench;

import io.tokenmeter.topics.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The pipeline with more threads, and with more instances. */
final class ScaleScenario implements Scenario {
  private static final List<Integer> STEPS = List.of(1, 2, 4);
  private static final double MICROS = 1e3;

  @Override
  public void run(Bench bench, Findings findings) {
    int exchanges = bench.size(12_000, 100);
    int organisations = bench.size(5_000, 20);
    int warmUps = bench.size(2, 1);
    int waves = bench.size(3, 2);
    List<Integer> steps = bench.quick() ? List.of(2) : STEPS;
    try (Installation installation =
            Installation.start(bench, "scale", PipelineScenario.PARTITIONS);
        Gateway gateway = new Gateway(installation)) {
      PipelineScenario.prepare(installation, gateway, organisations);
      try (CommittedReader reader =
          new CommittedReader(
              installation, Topics.USAGE_BILLED.name(Installation.PREFIX), record -> {})) {
        Exchanges traffic = new Exchanges(gateway, bench.seed(), organisations);
        for (Layout layout : layouts(steps)) {
          bench.say("scale: " + layout.words() + " ...");
          List<Instance> instances = layout.start(installation);
          Waves load =
              new Waves(
                  installation,
                  instances.stream().map(Instance::jvm).toList(),
                  gateway,
                  reader,
                  traffic::count);
          load.waves(warmUps, () -> traffic.next(exchanges));
          List<Spent> spent = load.waves(waves, () -> traffic.next(exchanges));
          findings.add(
              layout.words() + ": exchanges a second",
              "/s",
              Target.higher(),
              Waves.each(spent, wave -> exchanges * 1e9 / wave.nanos()));
          findings.add(
              layout.words() + ": CPU per exchange, all processes",
              "µs",
              Target.lower(),
              Waves.each(spent, wave -> wave.all() / (double) exchanges / MICROS));
          instances.forEach(Instance::close);
        }
      }
    }
    findings.note(
        "The load of the pipeline on one machine, with broker, gateway and reader beside it: more"
            + " threads than cores show what sharing costs, not what more cores would give. A"
            + " thread here is one of measure and one of the ledger; an instance has one of each.");
  }

  private static List<Layout> layouts(List<Integer> steps) {
    List<Layout> layouts = new ArrayList<>();
    steps.forEach(threads -> layouts.add(new Layout(1, threads)));
    steps.stream()
        .filter(instances -> instances > 1)
        .forEach(instances -> layouts.add(new Layout(instances, 1)));
    return layouts;
  }

  /** How the work is spread. */
  private record Layout(int instances, int threads) {
    String words() {
      return instances == 1
          ? "1 instance of " + threads + (threads == 1 ? " thread" : " threads")
          : instances + " instances of 1 thread";
    }

    List<Instance> start(Installation installation) {
      String count = Integer.toString(threads);
      List<Instance> started = new ArrayList<>();
      for (int i = 0; i < instances; i++) {
        started.add(
            installation.start(
                "application-" + i,
                "all",
                Map.of("measure.threads", count, "ledger.threads", count)));
      }
      started.forEach(Instance::awaitReady);
      return started;
    }
  }
}
