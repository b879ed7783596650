package io.tokenmeter.bench;

import io.tokenmeter.schema.BilledUsage;
import io.tokenmeter.serde.RecordSerde;
import io.tokenmeter.topics.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * How long it takes from the append of an exchange until its charge is committed and its balance
 * can be read, at shares of what the machine can do.
 */
final class LatencyScenario implements Scenario {
  private static final int[] PERCENT = {10, 50, 80};
  private static final int HALF = 50;
  private static final int QUERIES_A_SECOND = 1_000;
  private static final double PROBES_A_SECOND = 10;
  private static final int PROBES = 50;

  /** When each exchange was due, by its id, until it is seen. */
  private final Map<String, Long> due = new ConcurrentHashMap<>();

  private volatile Latencies billed = new Latencies(1);

  /** What one window came to, in milliseconds. */
  private record Window(Latencies billed, Latencies readable, Latencies asked) {}

  @Override
  public void run(Bench bench, Findings findings) {
    int organisations = bench.size(5_000, 20);
    try (Installation installation =
            Installation.start(bench, "latency", PipelineScenario.PARTITIONS);
        Gateway gateway = new Gateway(installation);
        Deserializer<BilledUsage> values =
            RecordSerde.ofValue(BilledUsage.class, installation.serializers()).deserializer()) {
      PipelineScenario.prepare(installation, gateway, organisations);
      Instance instance = installation.start("application", "all", Map.of()).awaitReady();
      try (CommittedReader reader =
          new CommittedReader(
              installation,
              Topics.USAGE_BILLED.name(Installation.PREFIX),
              record -> seen(record, values))) {
        Exchanges exchanges = new Exchanges(gateway, bench.seed(), organisations);
        double capacity = capacity(bench, installation, instance, gateway, reader, exchanges);
        findings.add("capacity: exchanges a second", "/s", Target.higher(), capacity);
        Traffic traffic = new Traffic("late" + System.nanoTime(), bench.seed() + 1, organisations);
        BalanceClient balances = new BalanceClient(instance.url(), installation.token());
        for (int percent : PERCENT) {
          bench.say("latency: at " + percent + "% of capacity ...");
          List<Window> windows = new ArrayList<>();
          for (int i = 0; i < bench.size(3, 1); i++) {
            windows.add(window(bench, capacity * percent / 100, 0, traffic, gateway, balances));
          }
          report(percent, windows, findings);
        }
        bench.say("latency: queries beside half the capacity ...");
        List<Window> windows = new ArrayList<>();
        for (int i = 0; i < bench.size(3, 1); i++) {
          windows.add(
              window(bench, capacity * HALF / 100, QUERIES_A_SECOND, traffic, gateway, balances));
        }
        findings.add(
            "balance query at 1,000/s beside half load: p50",
            "ms",
            Target.lower(),
            asked(windows, 0.5));
        findings.add(
            "balance query at 1,000/s beside half load: p99",
            "ms",
            Target.atMost("5"),
            asked(windows, 0.99));
      }
      instance.close();
    }
    findings.note(
        "Exchanges of 4 KB at a constant rate, whether or not those before have ended; time runs"
            + " from when an exchange was due, so the gateway's own batching and whatever waits is"
            + " in it. Billed: until a read_committed reader has the charge. Readable: until the"
            + " balance over HTTP includes it, asked for every few milliseconds. Capacity is what"
            + " waves of exchanges come to just before; gateway, reader, broker and application"
            + " share the machine.");
  }

  private void seen(ConsumerRecord<byte[], byte[]> record, Deserializer<BilledUsage> values) {
    if (due.isEmpty()) {
      return;
    }
    Long was = due.remove(values.deserialize(record.topic(), record.value()).getUsageId());
    if (was != null) {
      billed.add(System.nanoTime() - was);
    }
  }

  private static double capacity(
      Bench bench,
      Installation installation,
      Instance instance,
      Gateway gateway,
      CommittedReader reader,
      Exchanges exchanges) {
    bench.say("latency: finding the capacity ...");
    int size = bench.size(15_000, 200);
    Waves waves =
        new Waves(installation, List.of(instance.jvm()), gateway, reader, exchanges::count);
    waves.waves(bench.size(4, 1), () -> exchanges.next(size));
    double[] rates =
        Waves.each(
            waves.waves(bench.size(3, 1), () -> exchanges.next(size)),
            wave -> size * 1e9 / wave.nanos());
    return Figure.of("capacity", "/s", Target.higher(), rates).value();
  }

  private record Ready(
      String id, ProducerRecord<byte[], byte[]> request, ProducerRecord<byte[], byte[]> response) {}

  private Window window(
      Bench bench,
      double perSecond,
      int queries,
      Traffic traffic,
      Gateway gateway,
      BalanceClient balances) {
    double seconds = bench.quick() ? 1 : 8;
    int count = (int) Math.max(1, perSecond * seconds);
    List<Ready> ready = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Traffic.Exchange exchange = traffic.next();
      ready.add(
          new Ready(
              exchange.id(),
              gateway.ready(Topics.LLM_REQUESTS, exchange.org(), exchange.request()),
              gateway.ready(Topics.LLM_RESPONSES, exchange.org(), exchange.response())));
    }
    Window window =
        new Window(
            new Latencies(count),
            new Latencies((int) (seconds * PROBES_A_SECOND)),
            new Latencies((int) (seconds * QUERIES_A_SECOND)));
    billed = window.billed();
    List<Background> beside = new ArrayList<>();
    beside.add(
        Background.start("probes", () -> probe(seconds, traffic, gateway, balances, window)));
    if (queries > 0) {
      beside.add(Background.start("queries", () -> ask(seconds, balances, window.asked())));
    }
    OpenLoop.run(
        count,
        perSecond,
        (number, dueNanos) -> {
          Ready next = ready.get(number);
          due.put(next.id(), dueNanos);
          gateway.send(next.request());
          gateway.send(next.response());
        });
    beside.forEach(Background::await);
    Background.await(() -> window.billed().count() >= count, "the charges of a window");
    return window;
  }

  /** Sends an exchange now and then and asks for its organisation's balance until it is there. */
  private static void probe(
      double seconds, Traffic traffic, Gateway gateway, BalanceClient balances, Window window) {
    List<Background> waiting = new ArrayList<>();
    OpenLoop.run(
        (int) (seconds * PROBES_A_SECOND),
        PROBES_A_SECOND,
        (number, dueNanos) -> {
          String org = "probe-" + number % PROBES;
          waiting.add(
              Background.start(
                  org,
                  () -> {
                    long before = balances.sequence(org);
                    // Asking for the balance took time that isn't the pipeline's.
                    long sent = System.nanoTime();
                    Traffic.Exchange exchange = next(traffic, org);
                    gateway.send(Topics.LLM_REQUESTS, org, exchange.request());
                    gateway.send(Topics.LLM_RESPONSES, org, exchange.response());
                    Background.await(
                        () -> balances.sequence(org) > before, "the balance of a probe");
                    window.readable().add(System.nanoTime() - sent);
                  }));
        });
    waiting.forEach(Background::await);
  }

  private static Traffic.Exchange next(Traffic traffic, String org) {
    synchronized (traffic) {
      return traffic.next(org);
    }
  }

  private static void ask(double seconds, BalanceClient balances, Latencies asked) {
    AtomicInteger open = new AtomicInteger();
    OpenLoop.run(
        (int) (seconds * QUERIES_A_SECOND),
        QUERIES_A_SECOND,
        (number, dueNanos) -> {
          open.incrementAndGet();
          var unused =
              balances
                  .ask(Traffic.organisation(number % 20))
                  .whenComplete(
                      (answer, failure) -> {
                        if (failure == null) {
                          asked.add(System.nanoTime() - dueNanos);
                        }
                        open.decrementAndGet();
                      });
        });
    Background.await(() -> open.get() == 0, "the answers to queries");
  }

  private static double[] asked(List<Window> windows, double share) {
    return windows.stream().mapToDouble(window -> window.asked().millis(share)).toArray();
  }

  private static void report(int percent, List<Window> windows, Findings findings) {
    String at = "at " + percent + "% of capacity, ";
    boolean judged = percent == HALF;
    billed(
        at + "billed: p50", 0.5, judged ? Target.atMost("200") : Target.lower(), windows, findings);
    billed(
        at + "billed: p99",
        0.99,
        judged ? Target.atMost("500") : Target.lower(),
        windows,
        findings);
    billed(at + "billed: p99.9", 0.999, Target.lower(), windows, findings);
    readable(at + "readable: p50", 0.5, Target.lower(), windows, findings);
    readable(
        at + "readable: p99",
        0.99,
        judged ? Target.atMost("500") : Target.lower(),
        windows,
        findings);
  }

  private static void billed(
      String name, double share, Target target, List<Window> windows, Findings findings) {
    findings.add(
        name,
        "ms",
        target,
        windows.stream().mapToDouble(window -> window.billed().millis(share)).toArray());
  }

  private static void readable(
      String name, double share, Target target, List<Window> windows, Findings findings) {
    findings.add(
        name,
        "ms",
        target,
        windows.stream().mapToDouble(window -> window.readable().millis(share)).toArray());
  }
}
