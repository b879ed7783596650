package io.tokenmeter.bench;

import io.tokenmeter.topics.TopicPrefix;
import io.tokenmeter.topics.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * End to end: raw halves of exchanges in, billed usage out, exactly once; beside a job that passes
 * the same records on and does nothing else.
 */
final class PipelineScenario implements Scenario {
  static final int PARTITIONS = 6;
  private static final TopicPrefix PASSED = new TopicPrefix("pass.");
  private static final double MICROS = 1e3;

  /** How much is sent. */
  record Load(int organisations, int warmUps, int waves, int exchanges) {
    static Load of(Bench bench) {
      return new Load(
          bench.size(5_000, 20), bench.size(4, 1), bench.size(5, 2), bench.size(15_000, 200));
    }
  }

  @Override
  public void run(Bench bench, Findings findings) {
    Load load = Load.of(bench);
    try (Installation installation = Installation.start(bench, "pipeline", PARTITIONS);
        Gateway gateway = new Gateway(installation)) {
      List<Spent> billed = billed(bench, load, installation, gateway, findings);
      List<Spent> passed = passed(bench, load, installation, gateway);
      double n = load.exchanges();
      findings.add(
          "pass-through CPU per exchange, all processes",
          "µs",
          Target.lower(),
          Waves.each(passed, wave -> wave.all() / n / MICROS));
      findings.add(
          "pipeline ÷ pass-through, CPU of all processes",
          "×",
          Target.lower(),
          median(billed) / median(passed));
    }
    findings.note(
        "An exchange is two raw records of "
            + Traffic.EXCHANGE_BYTES
            + " bytes of JSON together, its text never seen before. CPU is of broker, application,"
            + " gateway and reader; each is a process but the last two, which share one. Waves of "
            + load.exchanges()
            + " exchanges of "
            + load.organisations()
            + " organisations, after "
            + load.warmUps()
            + " that count for nothing. The pass-through is a Kafka Streams job, exactly once"
            + " with the same settings, over the same records.");
  }

  private static double median(List<Spent> waves) {
    return Figure.of("all", "ns", Target.lower(), Waves.each(waves, Spent::all)).value();
  }

  private static List<Spent> billed(
      Bench bench, Load load, Installation installation, Gateway gateway, Findings findings) {
    prepare(installation, gateway, load.organisations());
    Instance instance = installation.start("application", "all", Map.of()).awaitReady();
    List<Spent> waves;
    List<ApplicationMain.ThreadUse> threads = new ArrayList<>();
    try (CommittedReader reader =
        new CommittedReader(
            installation, Topics.USAGE_BILLED.name(Installation.PREFIX), record -> {})) {
      Exchanges exchanges = new Exchanges(gateway, bench.seed(), load.organisations());
      Waves wave =
          new Waves(installation, List.of(instance.jvm()), gateway, reader, exchanges::count);
      bench.say("pipeline: warming up ...");
      wave.waves(load.warmUps(), () -> exchanges.next(load.exchanges()));
      bench.say("pipeline: measuring ...");
      waves = new ArrayList<>();
      for (int i = 0; i < load.waves(); i++) {
        ApplicationMain.ThreadUse before = instance.threadUse();
        waves.add(wave.wave(() -> exchanges.next(load.exchanges())));
        threads.add(instance.threadUse().minus(before));
      }
    }
    report(load.exchanges(), waves, threads, findings);
    instance
        .jvm()
        .mostMemory()
        .ifPresent(
            bytes ->
                findings.add(
                    "memory of the application, most",
                    "MiB",
                    Target.atMost("2048"),
                    (double) (bytes >> 20)));
    instance.close();
    return waves;
  }

  private static void report(
      double n, List<Spent> waves, List<ApplicationMain.ThreadUse> threads, Findings findings) {
    findings.add(
        "CPU per exchange, all processes",
        "µs",
        Target.atMost("300"),
        Waves.each(waves, wave -> wave.all() / n / MICROS));
    findings.add(
        "of it the application",
        "µs",
        Target.lower(),
        Waves.each(waves, wave -> wave.applications() / n / MICROS));
    findings.add(
        "of it the broker",
        "µs",
        Target.lower(),
        Waves.each(waves, wave -> wave.broker() / n / MICROS));
    findings.add(
        "of it gateway and reader",
        "µs",
        Target.lower(),
        Waves.each(waves, wave -> wave.driver() / n / MICROS));
    findings.add(
        "exchanges a second",
        "/s",
        Target.atLeast("5000"),
        Waves.each(waves, wave -> n * 1e9 / wave.nanos()));
    findings.add(
        "measure's threads per exchange",
        "µs",
        Target.lower(),
        threads.stream().mapToDouble(use -> use.measureNanos() / n / MICROS).toArray());
    findings.add(
        "the ledger's thread per exchange",
        "µs",
        Target.lower(),
        threads.stream().mapToDouble(use -> use.ledgerNanos() / n / MICROS).toArray());
    findings.add(
        "allocated by measure per exchange",
        "bytes",
        Target.lower(),
        threads.stream().mapToDouble(use -> use.measureBytes() / n).toArray());
    findings.add(
        "allocated by the ledger per exchange",
        "bytes",
        Target.lower(),
        threads.stream().mapToDouble(use -> use.ledgerBytes() / n).toArray());
  }

  /** Gives every organisation its settings and grants. */
  static void prepare(Installation installation, Gateway gateway, int organisations) {
    Customers customers = new Customers();
    Instant now = Instant.now();
    for (int i = 0; i < organisations; i++) {
      String org = Traffic.organisation(i);
      customers
          .commands(org, now)
          .forEach(entry -> gateway.send(Topics.LEDGER_JOURNAL, org, entry));
    }
    gateway.flush();
  }

  private static List<Spent> passed(
      Bench bench, Load load, Installation installation, Gateway gateway) {
    bench.say("pipeline: passing the same records through ...");
    List<NewTopic> topics = new ArrayList<>();
    for (Topics topic : List.of(Topics.LLM_REQUESTS, Topics.LLM_RESPONSES)) {
      topics.add(topic.newTopic(PASSED, OptionalInt.of(PARTITIONS), OptionalInt.empty()));
    }
    topics.add(new NewTopic(PassThroughMain.OUT, Optional.of(PARTITIONS), Optional.empty()));
    installation.create(topics);
    ChildJvm job =
        installation.child(
            "pass-through",
            PassThroughMain.class,
            List.of(
                installation.kafka().get("bootstrap.servers").toString(),
                installation.directory().resolve("pass-through-state").toString(),
                Topics.LLM_REQUESTS.name(PASSED),
                Topics.LLM_RESPONSES.name(PASSED)));
    job.nextLine();
    try (CommittedReader reader =
        new CommittedReader(installation, PassThroughMain.OUT, record -> {})) {
      Exchanges exchanges = new Exchanges(gateway, bench.seed(), load.organisations());
      Waves waves =
          new Waves(installation, List.of(job), gateway, reader, () -> 2 * exchanges.count());
      waves.waves(load.warmUps(), () -> renamed(exchanges.next(load.exchanges())));
      return waves.waves(load.waves(), () -> renamed(exchanges.next(load.exchanges())));
    } finally {
      job.close();
    }
  }

  private static List<ProducerRecord<byte[], byte[]>> renamed(
      List<ProducerRecord<byte[], byte[]>> records) {
    return records.stream()
        .map(
            record ->
                new ProducerRecord<>(PASSED.value() + record.topic(), record.key(), record.value()))
        .toList();
  }
}
