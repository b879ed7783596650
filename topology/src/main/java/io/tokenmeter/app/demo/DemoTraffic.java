package io.tokenmeter.app.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * The traffic of the demo, one exchange after the other. Which ones, in which order and with which
 * texts follows from the seed alone; when they happened is given with each.
 */
public final class DemoTraffic {
  private final long seed;
  private int number;

  public DemoTraffic(long seed) {
    this.seed = seed;
  }

  /** The next exchange, as if its request were sent at the given instant. */
  public DemoExchange next(Instant now) {
    int current = number++;
    // Each exchange has randomness of its own, so that one template can change without the others.
    Random random = new Random(seed * 1_000_003 + current);
    DemoOrg org = pick(random);
    Scenario scenario = Scenario.of(current);
    String id = "demo-%x-%06d".formatted(seed, current);
    Protocol protocol = scenario == Scenario.HUNG_UP ? Protocol.OPENAI_CHAT : protocol(random);
    Talk talk = talk(random, org, scenario, protocol, now);
    Gateway gateway = new Gateway(org, id, now);
    List<Sent> sent =
        switch (scenario) {
          case NORMAL -> gateway.both(protocol.exchange(talk));
          case SENT_TWICE -> twice(gateway.both(protocol.exchange(talk)));
          case ANSWER_FIRST -> {
            Exchanged call = protocol.exchange(talk);
            yield List.of(gateway.response(call, false), gateway.request(call));
          }
          case UNPRICED_MODEL -> gateway.both(protocol.exchange(talk));
          case BROKEN_JSON -> List.of(gateway.brokenRequest(protocol.exchange(talk)));
          case GARBAGE -> List.of(garbage(id));
          case UNKNOWN_DIALECT -> gateway.both(ownProtocol(talk));
          case RATE_LIMITED ->
              gateway.both(
                  protocol.refuse(talk, 429, "rate_limit_exceeded", "Too many calls a minute."));
          case PROVIDER_DOWN ->
              gateway.both(protocol.refuse(talk, 500, "server_error", "Something went wrong."));
          case HUNG_UP -> {
            Exchanged call = protocol.exchange(talk);
            yield List.of(gateway.request(call), gateway.response(call.cutAt(60), true));
          }
          case UNANSWERED -> List.of(gateway.request(protocol.exchange(talk)));
          case CONFLICT -> {
            List<Sent> both = new ArrayList<>(gateway.both(protocol.exchange(talk)));
            Talk other = talk(random, org, Scenario.NORMAL, protocol, now.plusMillis(1));
            both.add(gateway.request(protocol.exchange(other)));
            yield both;
          }
          case STORAGE -> List.of(gateway.storage(1_000L * (1 + random.nextInt(500))));
        };
    return new DemoExchange(id, org.id(), scenario, sent);
  }

  private static DemoOrg pick(Random random) {
    int all = DemoOrg.ALL.stream().mapToInt(DemoOrg::share).sum();
    int place = random.nextInt(all);
    for (DemoOrg org : DemoOrg.ALL) {
      place -= org.share();
      if (place < 0) {
        return org;
      }
    }
    throw new AssertionError("shares add up to " + all);
  }

  private static Protocol protocol(Random random) {
    int place = random.nextInt(20);
    if (place < 8) {
      return Protocol.OPENAI_CHAT;
    }
    if (place < 12) {
      return Protocol.ANTHROPIC_MESSAGES;
    }
    if (place < 16) {
      return Protocol.OPENAI_RESPONSES;
    }
    return place < 18 ? Protocol.OPENAI_EMBEDDINGS : Protocol.OPENAI_COMPLETIONS;
  }

  private static Talk talk(
      Random random, DemoOrg org, Scenario scenario, Protocol protocol, Instant now) {
    byte[] callId = new byte[8];
    random.nextBytes(callId);
    String model =
        scenario == Scenario.UNPRICED_MODEL ? "orion-preview" : DemoModels.pick(random, protocol);
    return new Talk(
        HexFormat.of().formatHex(callId),
        model,
        org.language().question(random, 1 + random.nextInt(3)),
        org.language().question(random, 1 + random.nextInt(12)),
        org.language().answer(random, 1 + random.nextInt(16)),
        scenario == Scenario.HUNG_UP || random.nextInt(5) < 2,
        now.getEpochSecond());
  }

  private static List<Sent> twice(List<Sent> sent) {
    List<Sent> all = new ArrayList<>(sent);
    all.addAll(sent);
    return all;
  }

  private static Sent garbage(String id) {
    return new Sent.Garbage("v1|" + id + "|not a record of any schema");
  }

  /** A provider of voices whose protocol nobody has described. */
  private static Exchanged ownProtocol(Talk talk) {
    return new Exchanged(
        "parrot-voices",
        "/speak",
        Json.object().put("utterance", talk.question()).toString(),
        200,
        "application/json",
        Json.object().put("heard", talk.callId()).toString());
  }
}
