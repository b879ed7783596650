package io.tokenmeter.bench;

import io.tokenmeter.schema.JournalEntry;
import io.tokenmeter.topics.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The ledger alone: facts in the journal, billed usage out; many organisations, and one giant. */
final class LedgerScenario implements Scenario {
  private static final double MICROS = 1e3;

  @Override
  public void run(Bench bench, Findings findings) {
    PipelineScenario.Load load =
        new PipelineScenario.Load(
            bench.size(5_000, 20), bench.size(4, 1), bench.size(5, 2), bench.size(20_000, 200));
    try (Installation installation =
            Installation.start(bench, "ledger", PipelineScenario.PARTITIONS);
        Gateway gateway = new Gateway(installation)) {
      PipelineScenario.prepare(installation, gateway, load.organisations());
      Instance instance = installation.start("application", "ledger", Map.of()).awaitReady();
      try (CommittedReader reader =
          new CommittedReader(
              installation, Topics.USAGE_BILLED.name(Installation.PREFIX), record -> {})) {
        Facts facts = new Facts(gateway, bench.seed());
        Waves waves =
            new Waves(installation, List.of(instance.jvm()), gateway, reader, facts::exchanges);
        bench.say("ledger: many organisations ...");
        measure(
            "many organisations",
            load,
            instance,
            waves,
            () -> facts.next(load.exchanges(), load.organisations()),
            findings);
        bench.say("ledger: one giant organisation ...");
        PipelineScenario.Load again =
            new PipelineScenario.Load(1, 1, load.waves(), load.exchanges());
        measure(
            "one giant organisation",
            again,
            instance,
            waves,
            () -> facts.next(load.exchanges(), 1),
            findings);
      }
      instance.close();
    }
    findings.note(
        "A fact is one entry of the journal, a request's or an answer's; two make a charge. The"
            + " ledger runs with one thread as it ships, through its real topology. CPU is of"
            + " broker, application, gateway and reader together, and of the ledger's thread alone."
            + " Every organisation has two grants, two quotas and levels of its balance.");
  }

  private static void measure(
      String who,
      PipelineScenario.Load load,
      Instance instance,
      Waves waves,
      java.util.function.Supplier<List<ProducerRecord<byte[], byte[]>>> records,
      Findings findings) {
    waves.waves(load.warmUps(), records);
    List<Spent> spent = new ArrayList<>();
    List<ApplicationMain.ThreadUse> threads = new ArrayList<>();
    for (int i = 0; i < load.waves(); i++) {
      ApplicationMain.ThreadUse before = instance.threadUse();
      spent.add(waves.wave(records));
      threads.add(instance.threadUse().minus(before));
    }
    double facts = 2.0 * load.exchanges();
    findings.add(
        who + ": CPU per fact, all processes",
        "µs",
        Target.atMost("60"),
        Waves.each(spent, wave -> wave.all() / facts / MICROS));
    findings.add(
        who + ": of it the application",
        "µs",
        Target.lower(),
        Waves.each(spent, wave -> wave.applications() / facts / MICROS));
    findings.add(
        who + ": of that the ledger's thread",
        "µs",
        Target.lower(),
        threads.stream().mapToDouble(use -> use.ledgerNanos() / facts / MICROS).toArray());
    findings.add(
        who + ": facts a second and thread",
        "/s",
        Target.atLeast("15000"),
        Waves.each(spent, wave -> facts * 1e9 / wave.nanos()));
    findings.add(
        who + ": allocated per fact",
        "bytes",
        Target.lower(),
        threads.stream().mapToDouble(use -> use.ledgerBytes() / facts).toArray());
  }

  /** Facts as measure writes them, made ready to be appended. */
  static final class Facts {
    private final FactMaker facts = new FactMaker();
    private final Gateway gateway;
    private final Traffic traffic;
    private long exchanges;

    Facts(Gateway gateway, long seed) {
      this.gateway = gateway;
      this.traffic = new Traffic(Long.toHexString(System.nanoTime()), seed, 1);
    }

    /** How many exchanges were made ready until now. */
    long exchanges() {
      return exchanges;
    }

    /** The facts of so many exchanges, those of an exchange beside each other. */
    List<ProducerRecord<byte[], byte[]>> next(int count, int organisations) {
      List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(2 * count);
      for (int i = 0; i < count; i++) {
        Traffic.Exchange exchange =
            traffic.next(Traffic.organisation((int) (exchanges % organisations)));
        exchanges++;
        for (JournalEntry entry : facts.entries(exchange)) {
          records.add(gateway.ready(Topics.LEDGER_JOURNAL, exchange.org(), entry));
        }
      }
      return records;
    }
  }
}
