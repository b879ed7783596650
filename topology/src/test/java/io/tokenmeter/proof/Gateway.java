package io.tokenmeter.proof;

import io.tokenmeter.topics.Topics;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** One gateway: a thread with a producer that sends seeded traffic until it is told to wait. */
final class Gateway implements AutoCloseable {
  private static final int NEAR = 40;
  private static final int FAR = 600;
  private static final int MOST_COPIES = 5;
  private static final Duration LOOK = Duration.ofMillis(20);

  /** A copy that is sent when so many exchanges have begun. */
  private record Copy(long place, long order, ProducerRecord<byte[], byte[]> record, int number)
      implements Comparable<Copy> {
    @Override
    public int compareTo(Copy other) {
      return place == other.place
          ? Long.compare(order, other.order)
          : Long.compare(place, other.place);
    }
  }

  private final Installation installation;
  private final Oracle oracle;
  private final SplittableRandom random;
  private final String name;
  private final List<String> orgs;
  private final long paceNanos;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Thread thread;
  private final PriorityQueue<Copy> later = new PriorityQueue<>();
  private final Queue<Copy> unacknowledged = new ConcurrentLinkedQueue<>();
  private final AtomicInteger onTheWay = new AtomicInteger();
  private final List<BadRecords.Bad> bad = new ArrayList<>();
  private volatile boolean wait;
  private volatile boolean waits;
  private volatile boolean hold;
  private volatile boolean closed;
  private volatile boolean noHalves;
  private final AtomicLong exchanges = new AtomicLong();
  private final AtomicLong retries = new AtomicLong();
  private volatile Throwable failure;
  private long orders;

  Gateway(Installation installation, Oracle oracle, long seed, List<String> orgs, Duration pace) {
    this.installation = installation;
    this.oracle = oracle;
    this.random = new SplittableRandom(seed);
    this.name = "g" + Math.floorMod(seed, 1_000_000);
    this.orgs = orgs;
    this.paceNanos = pace.toNanos();
    this.producer =
        new KafkaProducer<>(
            installation.producer(), new ByteArraySerializer(), new ByteArraySerializer());
    this.thread = new Thread(this::run, "gateway-" + name);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      bad.addAll(BadRecords.all(installation, orgs.get(0), now()));
      for (int i = 0; i < orgs.size(); i++) {
        open(orgs.get(i), i);
      }
      long next = System.nanoTime();
      while (!closed) {
        sendAgain();
        if (wait) {
          sendDue(Long.MAX_VALUE);
          waits = onTheWay.get() == 0 && unacknowledged.isEmpty();
        }
        if (wait || hold || System.nanoTime() - next < 0) {
          LockSupport.parkNanos(Math.min(paceNanos, LOOK.toNanos()));
          if (wait || hold) {
            next = System.nanoTime();
          }
          continue;
        }
        next += paceNanos;
        long exchange = exchanges.incrementAndGet();
        another();
        sendDue(exchange);
      }
    } catch (RuntimeException | Error e) {
      failure = e;
    }
  }

  /** Settings, then something to draw on. */
  private void open(String org, int index) {
    Sent.Settings settings = new Sent.Settings(org, "settings", Gateways.terms(index));
    command(settings, Commands.settings(settings, now()));
    grant(org, "first", new BigDecimal("5.000000000003"));
    sendDue(Long.MAX_VALUE);
  }

  private void another() {
    String org = orgs.get(Math.min(random.nextInt(orgs.size()), random.nextInt(orgs.size())));
    int kind = random.nextInt(1000);
    String id = name + "-" + exchanges();
    if (kind < 20) {
      BadRecords.Bad next = bad.get(random.nextInt(bad.size()));
      Sent.Bad what = new Sent.Bad(orgs.get(0), next.name(), next.code());
      send(next.topic(), next.key(), next.value(), what, 1);
    } else if (kind < 30) {
      grant(org, id, new BigDecimal(1 + random.nextInt(4)));
    } else if (kind < 36) {
      BigDecimal amount = new BigDecimal(random.nextInt(-50, 50)).movePointLeft(2);
      if (amount.signum() != 0) {
        Sent.Adjustment adjustment = new Sent.Adjustment(org, id, amount);
        command(adjustment, Commands.adjustment(adjustment, now()));
      }
    } else if (kind < 110) {
      usage(new Sent.Usage(org, id, 1 + random.nextInt(30_000), occurred()));
    } else {
      exchange(org, id, kind);
    }
  }

  private void exchange(String org, String id, int kind) {
    Tariff tariff = random.nextBoolean() ? Tariff.STEADY : Tariff.FINE;
    long cached = random.nextInt(3) == 0 ? random.nextInt(1000) : 0;
    Call call =
        new Call(
            id,
            org,
            tariff,
            cached,
            1 + random.nextInt(8_000),
            1 + random.nextInt(2_000),
            occurred());
    boolean lonely = !noHalves && kind < 130;
    if (!lonely || kind < 120) {
      send(Topics.LLM_REQUESTS, call.request(), new Sent.Request(call));
    }
    if (!lonely || kind >= 120) {
      answer(call);
    }
    if (kind >= 990) {
      // Another answer to the same question: whichever comes first is billed.
      answer(new Call(id, org, tariff, cached, call.uncached() + 1, call.output() + 7, call.at()));
    }
  }

  private void answer(Call call) {
    Sent.Answer answer =
        new Sent.Answer(call, call.at().plusSeconds(random.nextInt(10) == 0 ? 18_000 : 3));
    var record = call.response();
    record.setOccurredAt(answer.at());
    send(Topics.LLM_RESPONSES, record, answer);
  }

  private void usage(Sent.Usage usage) {
    send(
        Topics.USAGE_RECORDS,
        BadRecords.usage(usage.id(), usage.org(), Long.toString(usage.tokens()), usage.at()),
        usage);
  }

  private void grant(String org, String id, BigDecimal amount) {
    Sent.Grant grant = new Sent.Grant(org, id, amount);
    command(grant, Installation.grantOf(org, id, amount, now()));
  }

  private void command(Sent what, SpecificRecord record) {
    byte[] value = installation.bytes(Topics.LEDGER_COMMANDS, record);
    send(Topics.LEDGER_COMMANDS, Installation.utf8(what.org()), value, what, copies());
  }

  /** By a clock that is right, hours or days late, or days early. */
  private Instant occurred() {
    int clock = random.nextInt(100);
    if (clock < 78) {
      return now();
    }
    if (clock < 88) {
      return now().minusSeconds(random.nextInt(20 * 3600));
    }
    if (clock < 94) {
      return now().minusSeconds(2 * 86_400 + random.nextInt(3 * 86_400));
    }
    if (clock < 96) {
      return now().minusSeconds(8 * 86_400 + random.nextInt(20 * 86_400));
    }
    return now().plusSeconds(3600 + random.nextInt(5 * 86_400));
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  private int copies() {
    int copies = 1;
    while (copies < MOST_COPIES && random.nextInt(6) == 0) {
      copies++;
    }
    return copies;
  }

  private void send(Topics topic, SpecificRecord record, Sent what) {
    byte[] key =
        switch (random.nextInt(3)) {
          case 0 -> null;
          case 1 -> Installation.utf8(name + "-" + exchanges());
          default -> Installation.utf8(what.org());
        };
    send(topic, key, installation.bytes(topic, record), what, copies());
  }

  private void send(Topics topic, byte[] key, byte[] value, Sent what, int copies) {
    int number = oracle.number(what);
    for (int copy = 0; copy < copies; copy++) {
      long place = exchanges() + random.nextInt(random.nextInt(40) == 0 ? FAR : NEAR);
      ProducerRecord<byte[], byte[]> record = installation.record(topic, key, value);
      record.headers().add(Sent.HEADER, Installation.utf8(Integer.toString(number)));
      later.add(new Copy(place, orders++, record, number));
    }
  }

  private void sendDue(long place) {
    while (!later.isEmpty() && later.peek().place() <= place) {
      sendNow(later.remove());
    }
  }

  private void sendAgain() {
    for (Copy copy = unacknowledged.poll(); copy != null; copy = unacknowledged.poll()) {
      retries.incrementAndGet();
      sendNow(copy);
    }
  }

  private void sendNow(Copy copy) {
    onTheWay.incrementAndGet();
    var unused = producer.send(copy.record(), (RecordMetadata place, Exception e) -> told(copy, e));
  }

  private void told(Copy copy, Exception refusal) {
    if (refusal == null) {
      oracle.acknowledged(copy.number());
    } else if (!closed) {
      unacknowledged.add(copy);
    }
    onTheWay.decrementAndGet();
  }

  void hold(boolean now) {
    hold = now;
  }

  void pause() {
    waits = false;
    wait = true;
  }

  boolean isPaused() {
    return waits;
  }

  void resume() {
    wait = false;
    waits = false;
  }

  void leaveNoHalves() {
    noHalves = true;
  }

  /** Fails when the gateway has. */
  void check() {
    if (failure != null) {
      throw new AssertionError("gateway " + name + " has failed", failure);
    }
  }

  long exchanges() {
    return exchanges.get();
  }

  long retries() {
    return retries.get();
  }

  @Override
  public void close() {
    closed = true;
    producer.close(Duration.ZERO);
  }
}
