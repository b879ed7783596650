package io.tokenmeter.proof;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One organisation's books as they should be, worked out from what was sent and from the order and
 * the append times of the journal alone. Whatever should be published stands on the sheet.
 */
final class PlainAccount {
  /** As the applications are set up. */
  record Times(Duration horizon, Duration answerWait, Duration windowsOpen) {}

  /**
   * What a charge is made of, in tokens.
   *
   * @param requests 1 for an exchange, 0 for a usage record
   */
  record Amounts(Tariff tariff, long input, long cached, long output, int requests) {
    BigDecimal amount() {
      return tariff.amount(input, cached, output);
    }
  }

  private enum State {
    WAITING,
    UNMATCHED,
    BILLED
  }

  private static final class Exchange {
    int request;
    int answer;
    State state = State.WAITING;
    Call asked;
    Call answered;
    Instant askedAt = Instant.MIN;
    Instant answeredAt = Instant.MIN;
    Instant lastHalf = Instant.MIN;
  }

  private static final BigDecimal ZERO = BigDecimal.ZERO;
  private static final BigDecimal REARM = new BigDecimal("0.05");

  private final String org;
  private final Times times;
  private final Sheet sheet;
  private final Map<String, Exchange> exchanges = new HashMap<>();
  private final Map<String, Integer> usages = new HashMap<>();
  private final Set<String> commands = new HashSet<>();
  private final NavigableMap<BigDecimal, List<String>> levels =
      new TreeMap<>(Comparator.reverseOrder());
  private final Set<BigDecimal> low = new TreeSet<>();
  private final PlainWindows windows;
  private final Chain chain = new Chain();
  private PlainQuotas quotas;
  private BigDecimal granted = ZERO;
  private BigDecimal adjusted = ZERO;
  private BigDecimal billed = ZERO;
  private long sequence;
  private int waiting;
  private Instant now = Instant.MIN;

  PlainAccount(String org, Times times, Sheet sheet) {
    this.org = org;
    this.times = times;
    this.sheet = sheet;
    this.windows = new PlainWindows(times.windowsOpen());
    this.quotas = new PlainQuotas(org, List.of(), times.windowsOpen(), sheet);
    levels.put(ZERO, new ArrayList<>(List.of("EXHAUSTED")));
  }

  /**
   * An entry of the journal that was made of something that was sent.
   *
   * @param number of what was sent
   * @param rawAt the raw record's append time
   * @param at the entry's
   */
  void take(int number, Sent sent, Instant rawAt, Instant at) {
    now = at;
    if (sent instanceof Sent.Request request) {
      half(number, request.call(), /* answer= */ false, clamped(request.call().at(), rawAt));
    } else if (sent instanceof Sent.Answer answer) {
      half(number, answer.call(), /* answer= */ true, clamped(answer.at(), rawAt));
    } else if (sent instanceof Sent.Usage usage) {
      usage(number, usage, clamped(usage.at(), rawAt));
    } else if (sent instanceof Sent.Grant grant) {
      if (commands.add(grant.id())) {
        BigDecimal before = balance();
        granted = granted.add(grant.amount());
        moved(before);
      }
    } else if (sent instanceof Sent.Adjustment adjustment) {
      if (commands.add(adjustment.id())) {
        BigDecimal before = balance();
        adjusted = adjusted.add(adjustment.amount());
        moved(before);
      }
    } else if (sent instanceof Sent.Settings settings) {
      if (commands.add(settings.id())) {
        configure(settings.terms());
      }
    } else {
      throw new IllegalArgumentException("nothing to post: " + sent);
    }
    quotas.tell(now, sequence);
  }

  /**
   * The ledger's own reminder of a missing half.
   *
   * @return what is wrong with it; empty when nothing is
   */
  String remindOfMissing(String id, Instant at) {
    now = at;
    Exchange exchange = exchanges.get(id);
    String wrong = "";
    if (exchange == null) {
      wrong = org + " is reminded of an exchange that never came: " + id;
    } else if (exchange.state == State.WAITING) {
      if (at.isBefore(exchange.lastHalf.plus(times.answerWait()))) {
        wrong = org + " is reminded too early of " + id;
      }
      waiting--;
      if (exchange.answered != null) {
        settle(exchange);
      } else {
        exchange.state = State.UNMATCHED;
        notice(id, "UNANSWERED");
      }
    }
    quotas.tell(now, sequence);
    return wrong;
  }

  /** Another reminder: it moves no money here, but time passes. */
  void remind(Instant at) {
    now = at;
    quotas.tell(now, sequence);
  }

  private void half(int number, Call call, boolean answer, Instant occurred) {
    Exchange exchange = exchanges.get(call.id());
    int same = exchange == null ? 0 : answer ? exchange.answer : exchange.request;
    if (same != 0) {
      if (same != number) {
        notice(call.id(), "CONFLICT");
      }
      return;
    }
    if (!occurred.isAfter(now.minus(times.horizon()))) {
      notice(call.id(), "TOO_LATE");
      return;
    }
    if (exchange == null) {
      exchange = new Exchange();
      exchanges.put(call.id(), exchange);
      waiting++;
    } else if (exchange.state == State.UNMATCHED) {
      waiting++;
    }
    if (answer) {
      exchange.answer = number;
      exchange.answered = call;
      exchange.answeredAt = occurred;
    } else {
      exchange.request = number;
      exchange.asked = call;
      exchange.askedAt = occurred;
    }
    exchange.lastHalf = now;
    if (exchange.state == State.BILLED) {
      // The answer was billed alone, when nobody came; what was asked changes that no more.
      notice(call.id(), "NO_REQUEST");
    } else if (exchange.answered != null && exchange.asked != null) {
      waiting--;
      settle(exchange);
    } else {
      exchange.state = State.WAITING;
    }
  }

  private void settle(Exchange exchange) {
    exchange.state = State.BILLED;
    Call call = exchange.answered;
    Instant occurred = exchange.asked == null ? exchange.answeredAt : exchange.askedAt;
    Amounts amounts = new Amounts(call.tariff(), call.uncached(), call.cached(), call.output(), 1);
    post(call.id(), amounts, occurred);
  }

  private void usage(int number, Sent.Usage usage, Instant occurred) {
    Integer same = usages.get(usage.id());
    if (same != null) {
      if (same != number) {
        notice(usage.id(), "CONFLICT");
      }
    } else if (!occurred.isAfter(now.minus(times.horizon()))) {
      notice(usage.id(), "TOO_LATE");
    } else {
      usages.put(usage.id(), number);
      post(usage.id(), new Amounts(Tariff.STEADY, usage.tokens(), 0, 0, 0), occurred);
    }
  }

  private void post(String id, Amounts used, Instant occurred) {
    BigDecimal before = balance();
    BigDecimal amount = used.amount();
    billed = billed.add(amount);
    windows.add(used, occurred, now);
    quotas.spend(amount, used.requests(), occurred, now);
    moved(before);
    String line =
        Lines.billed(org, id, sequence, amount, before, balance(), occurred.toEpochMilli());
    sheet.expect(line);
    chain.add(line);
    Tariff tariff = used.tariff();
    line(id, "input_tokens", used.input(), tariff.amount(used.input(), 0, 0));
    line(id, "cached_input_tokens", used.cached(), tariff.amount(0, used.cached(), 0));
    line(id, "output_tokens", used.output(), tariff.amount(0, 0, used.output()));
  }

  private void line(String id, String meter, long tokens, BigDecimal amount) {
    if (tokens > 0) {
      sheet.expect(Lines.charge(org, id, meter, BigDecimal.valueOf(tokens), amount));
    }
  }

  private void notice(String id, String reason) {
    sheet.expect(Lines.unmatched(org, id, reason));
  }

  private void configure(Sent.Terms terms) {
    for (BigDecimal level : terms.levels()) {
      levels.computeIfAbsent(level, any -> new ArrayList<>()).add(0, "LOW_BALANCE");
    }
    if (terms.overdraft().signum() > 0) {
      levels
          .computeIfAbsent(terms.overdraft().negate(), any -> new ArrayList<>())
          .add("DEBT_LIMIT");
    }
    quotas = new PlainQuotas(org, terms.quotas(), times.windowsOpen(), sheet);
  }

  private void moved(BigDecimal before) {
    sequence++;
    BigDecimal after = balance();
    for (BigDecimal level : List.copyOf(low)) {
      BigDecimal margin = level.abs().multiply(REARM).setScale(12, RoundingMode.FLOOR);
      if (after.compareTo(level.add(margin)) > 0) {
        low.remove(level);
        event("RESTORED", level);
      }
    }
    levels.forEach(
        (level, names) -> {
          if (before.compareTo(level) > 0 && after.compareTo(level) <= 0 && low.add(level)) {
            names.forEach(name -> event(name, level));
          }
        });
  }

  private void event(String type, BigDecimal level) {
    sheet.expect(Lines.lowBalance(org, type, level, sequence, balance()));
  }

  private static Instant clamped(Instant occurred, Instant rawAt) {
    return occurred.isAfter(rawAt.plus(Duration.ofMinutes(5))) ? rawAt : occurred;
  }

  BigDecimal balance() {
    return granted.add(adjusted).subtract(billed);
  }

  /** Exchanges of which one half has come. */
  int waiting() {
    return waiting;
  }

  PlainWindows windows() {
    return windows;
  }

  String chain() {
    return chain.text();
  }

  /** As {@link Lines#balance} says it of the ledger's own. */
  String standing() {
    return Lines.balance(
        org, sequence, balance(), granted, ZERO, adjusted, billed, balance().negate().max(ZERO));
  }
}
