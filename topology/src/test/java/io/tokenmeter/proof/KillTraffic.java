package io.tokenmeter.proof;

import io.tokenmeter.topics.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Seeded traffic of several organisations, in the order in which it is sent: halves before and
 * after each other, near and far apart, a tenth of the records more than once.
 */
final class KillTraffic {
  private static final int NEAR = 60;
  private static final int FAR = 1500;

  /** One record to send. */
  record Half(Call call, boolean answer) {}

  private record Placed(int place, Half half) {}

  private final List<String> orgs;
  private final List<Call> calls = new ArrayList<>();
  private final List<Half> order;
  private final Random keys;

  KillTraffic(long seed, int exchanges, int organisations, Instant now) {
    keys = new Random(seed);
    orgs = IntStream.range(0, organisations).mapToObj(i -> "org-" + i).toList();
    SplittableRandom random = new SplittableRandom(seed);
    List<Placed> placed = new ArrayList<>();
    for (int i = 0; i < exchanges; i++) {
      // Few organisations have most of the traffic.
      String org = orgs.get(Math.min(random.nextInt(organisations), random.nextInt(organisations)));
      calls.add(call(random, "call-" + i, org, now));
      for (boolean answer : new boolean[] {false, true}) {
        Half half = new Half(calls.get(i), answer);
        placed.add(new Placed(place(random, i), half));
        while (random.nextInt(10) == 0) {
          placed.add(new Placed(place(random, i), half));
        }
      }
    }
    placed.sort(Comparator.comparingInt(Placed::place));
    order = placed.stream().map(Placed::half).toList();
  }

  private static Call call(SplittableRandom random, String id, String org, Instant now) {
    Tariff tariff = random.nextBoolean() ? Tariff.STEADY : Tariff.FINE;
    long cached = random.nextInt(3) == 0 ? random.nextInt(1000) : 0;
    return new Call(
        id, org, tariff, cached, 1 + random.nextInt(20_000), 1 + random.nextInt(4_000), now);
  }

  private static int place(SplittableRandom random, int number) {
    return number + random.nextInt(random.nextInt(50) == 0 ? FAR : NEAR);
  }

  List<String> organisations() {
    return orgs;
  }

  List<Call> calls() {
    return List.copyOf(calls);
  }

  /** All records, in the order in which they are sent. */
  List<Half> order() {
    return order;
  }

  /** Publishes some of them, under keys of all kinds. */
  void send(Installation to, List<Half> halves) {
    for (Half half : halves) {
      byte[] key =
          switch (keys.nextInt(3)) {
            case 0 -> null;
            case 1 -> Installation.utf8(half.call().id());
            default -> Installation.utf8(half.call().org());
          };
      if (half.answer()) {
        to.send(Topics.LLM_RESPONSES, key, half.call().response());
      } else {
        to.send(Topics.LLM_REQUESTS, key, half.call().request());
      }
    }
    to.flush();
  }

  /**
   * The last calls of all: one of each organisation to each partition of the raw topics. What was
   * sent before has gone through both applications when these are billed.
   */
  List<Call> sendLast(Installation to, int partitions, Instant now) {
    List<Call> last = new ArrayList<>();
    for (String org : orgs) {
      for (int partition = 0; partition < partitions; partition++) {
        Call call = new Call("last-" + partition, org, Tariff.FINE, 0, 11, 3, now);
        to.send(Topics.LLM_REQUESTS, partition, call.request());
        to.send(Topics.LLM_RESPONSES, partition, call.response());
        last.add(call);
      }
    }
    to.flush();
    calls.addAll(last);
    return last;
  }

  /** How many exchanges have both halves among the first so many records. */
  int completeWithin(int records) {
    Set<Half> distinct = new HashSet<>(order.subList(0, records));
    return (int)
        distinct.stream()
            .filter(h -> h.answer() && distinct.contains(new Half(h.call(), false)))
            .count();
  }
}
