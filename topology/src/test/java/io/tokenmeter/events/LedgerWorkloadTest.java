package io.tokenmeter.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.ledger.Account;
import io.tokenmeter.ledger.BilledUsage;
import io.tokenmeter.ledger.ContentHash;
import io.tokenmeter.ledger.Disposition;
import io.tokenmeter.ledger.Due;
import io.tokenmeter.ledger.Entitlement;
import io.tokenmeter.ledger.EntitlementChanged;
import io.tokenmeter.ledger.Entry;
import io.tokenmeter.ledger.Grant;
import io.tokenmeter.ledger.JournalReminder;
import io.tokenmeter.ledger.LedgerDefaults;
import io.tokenmeter.ledger.LowBalance;
import io.tokenmeter.ledger.Market;
import io.tokenmeter.ledger.Metered;
import io.tokenmeter.ledger.MonthCounter;
import io.tokenmeter.ledger.Output;
import io.tokenmeter.ledger.QuotaCounter;
import io.tokenmeter.ledger.QuotaExceeded;
import io.tokenmeter.ledger.Remembered;
import io.tokenmeter.ledger.Standing;
import io.tokenmeter.ledger.StateKey;
import io.tokenmeter.ledger.Transition;
import io.tokenmeter.ledger.Unmatched;
import io.tokenmeter.ledger.UnpricedNotice;
import io.tokenmeter.measured.Flag;
import io.tokenmeter.rated.Amount;
import io.tokenmeter.raw.Origin;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The ledger against {@link ReferenceLedger}, step by step. {@code -Dtokenmeter.seed=N} runs one
 * seed again, {@code -Dtokenmeter.seeds=N} more of them.
 */
class LedgerWorkloadTest {
  private static final int STEPS = 1000;
  private static final int SEEDS = Integer.getInteger("tokenmeter.seeds", 1000);

  @Test
  void agreesWithAPlainReplayAfterEveryStep() {
    Long one = Long.getLong("tokenmeter.seed");
    LongStream seeds = one == null ? LongStream.range(0, SEEDS) : LongStream.of(one);
    Map<String, Integer> seen = new TreeMap<>();
    seeds
        .parallel()
        .mapToObj(seed -> new Run(seed).play())
        .toList()
        .forEach(run -> run.forEach((what, times) -> seen.merge(what, times, Integer::sum)));
    System.out.println("LedgerWorkloadTest: " + seen);
    if (one == null) {
      assertThat(seen)
          .as("what the workload must have tried")
          .containsKeys(
              "BILLED",
              "CONFLICT",
              "DUPLICATE",
              "FREE",
              "TOO_LATE",
              "UNMATCHED",
              "UNPRICED",
              "LATE",
              "ACCEPTED_LATE",
              "WINDOW_CLOSED",
              "NO_REQUEST",
              "LOW_BALANCE",
              "EXHAUSTED",
              "RESTORED",
              "tier crossed",
              "month before",
              "DEBT_LIMIT",
              "RESET",
              "WARNING",
              "EXCEEDED",
              "UNANSWERED",
              "forgotten");
    }
  }

  private static final class Run {
    private final long seed;
    private final Map<String, Integer> seen = new TreeMap<>();
    private final Market market = new Market();
    private final LedgerDefaults defaults =
        new LedgerDefaults(
            Market.BOOK,
            "credit",
            ZoneOffset.UTC,
            Workload.HORIZON,
            Duration.ofMinutes(15),
            Workload.HOLD_EXPIRY,
            Workload.WINDOWS_OPEN);
    private final WatchedLedger ledger = new WatchedLedger(market.ledger(defaults));
    private static final Output TOO_LATE = new Disposition(null, Standing.TOO_LATE, 1);
    private final ReferenceLedger reference = new ReferenceLedger(market, Workload.HORIZON);
    private final Map<StateKey, Remembered> tidy = new HashMap<>();
    private final Map<StateKey, Remembered> hoard = new HashMap<>();
    private final PriorityQueue<Due> dues = new PriorityQueue<>(Comparator.comparing(Due::at));
    private final List<ContentHash> records = new ArrayList<>();
    private final Set<ContentHash> billed = new HashSet<>();
    private final Set<String> events = new HashSet<>();
    private final Map<String, Integer> standing = new TreeMap<>();
    private final Workload workload;
    private Account account = ledger.open(Workload.ORG);
    private int metered;

    Run(long seed) {
      this.seed = seed;
      this.workload = new Workload(seed, market);
    }

    /** Plays all steps, and returns how often what happened. */
    Map<String, Integer> play() {
      for (int step = 0; step < STEPS; step++) {
        Entry entry = workload.next();
        try {
          step(entry, step);
        } catch (RuntimeException | AssertionError defect) {
          throw new AssertionError(
              "seed " + seed + ", step " + step + ", -Dtokenmeter.seed=" + seed + ": " + entry,
              defect);
        }
      }
      return seen;
    }

    private void step(Entry entry, int step) {
      Account before = account;
      records.add(entry.hash());
      Transition done = ledger.apply(account, key -> recall(tidy, key), entry, Market.NO_LOOKUP);
      Transition again = ledger.apply(account, key -> recall(hoard, key), entry, Market.NO_LOOKUP);
      // Equality first: describing what agrees costs more than the ledger itself.
      if (!again.equals(done)) {
        assertThat(again)
            .as("what is removed and what is forgotten by rule comes to the same")
            .isEqualTo(done);
      }
      account = done.account();
      tidy.putAll(done.remember());
      hoard.putAll(done.remember());
      dues.addAll(done.schedule());
      List<String> told = reference.take(entry);
      List<String> lines = lines(done);
      told.sort(Comparator.naturalOrder());
      lines.sort(Comparator.naturalOrder());
      if (!lines.equals(told)) {
        assertThat(lines).as("what it came to").isEqualTo(told);
      }
      // An account that stayed the same is looked at now and then, for what it should have become.
      if (!account.equals(before) || step % 8 == 0) {
        assertThat(describe(account)).as("the account").isEqualTo(reference.account());
      }
      if (entry.fact() instanceof Metered fact && !isAccepted(fact)) {
        metered++;
      }
      if (done.outputs().contains(TOO_LATE) && !billed.contains(entry.hash())) {
        workload.tooLate(entry.hash());
      }
      int standings = standing.values().stream().mapToInt(Integer::intValue).sum();
      assertThat(standings).as("facts that stand in one place").isEqualTo(metered);
      scan(entry.at().appendedAt());
    }

    /** Whether it is a record that came before, as too late. */
    private static boolean isAccepted(Metered fact) {
      return ReferenceLedger.flags(fact.measured()).contains(Flag.ACCEPTED_LATE);
    }

    private void scan(Instant now) {
      while (!dues.isEmpty() && !dues.peek().at().isAfter(now)) {
        Due due = dues.remove();
        ledger
            .due(due, recall(tidy, due.key()), now)
            .ifPresent(done -> workload.note(done.reminder()));
      }
      if (records.size() % 8 != 0) {
        return;
      }
      tidy.values()
          .removeIf(
              what -> {
                boolean remove = ledger.canRemove(what, now);
                if (remove) {
                  count("forgotten");
                }
                return remove;
              });
    }

    private List<String> lines(Transition done) {
      List<String> lines = new ArrayList<>();
      done.remember()
          .forEach(
              (key, value) -> {
                if (value instanceof Remembered.Counted counted) {
                  lines.add(
                      "counted "
                          + key.id()
                          + " "
                          + windows(counted.counters())
                          + (counted.told() == null ? "" : describe(counted.told())));
                }
              });
      for (Output output : done.outputs()) {
        if (output instanceof BilledUsage usage) {
          billsOnce(usage.requestOrigin());
          billsOnce(usage.responseOrigin());
          lines.add(line(usage));
        } else if (output instanceof LowBalance low) {
          assertThat(events.add(low.eventId())).as("an event's id is its own").isTrue();
          count(low.type().name());
          lines.add(line(low));
        } else if (output instanceof QuotaExceeded quota) {
          assertThat(events.add(quota.eventId())).as("an event's id is its own").isTrue();
          count(quota.type().name());
          lines.add(
              String.join(
                  " ",
                  "QUOTA",
                  quota.type().name(),
                  quota.subject().toString(),
                  window(quota.quotaId().value(), quota.span().start()),
                  Integer.toString(quota.percent()),
                  Long.toString(quota.sequence())));
        } else if (output instanceof EntitlementChanged changed) {
          lines.add(
              "answer "
                  + (changed.subject().value().isEmpty() ? "" : changed.subject() + " ")
                  + describe(changed.entitlement()));
        } else if (output instanceof Unmatched notice) {
          count(notice.reason().name());
          lines.add("notice " + notice.id() + " " + notice.reason());
        } else if (output instanceof UnpricedNotice notice) {
          lines.add("unpriced " + notice.id());
        } else if (output instanceof JournalReminder again) {
          workload.note(again.reminder());
        } else if (output instanceof Disposition moved) {
          for (int i = 0; i < moved.facts(); i++) {
            lines.add("stands " + (moved.was() == null ? "new" : moved.was()) + ">" + moved.is());
          }
          count(moved.is().name());
          standing.merge(moved.is().name(), moved.facts(), Integer::sum);
          if (moved.was() != null) {
            standing.merge(moved.was().name(), -moved.facts(), Integer::sum);
          }
        }
      }
      return lines;
    }

    /** No record is billed twice, whatever the reference thinks of it. */
    private void billsOnce(@Nullable Origin origin) {
      if (origin != null) {
        ContentHash record = records.get((int) origin.offset());
        assertThat(billed.add(record)).as("%s, sent as %s, bills once", record, origin).isTrue();
      }
    }

    private String line(BilledUsage usage) {
      String circumstance =
          usage.flags().stream()
              .filter(flag -> flag == Flag.LATE || flag == Flag.NO_REQUEST)
              .map(Flag::name)
              .collect(Collectors.joining());
      if (!circumstance.isEmpty()) {
        count(circumstance);
      }
      if (usage.flags().contains(Flag.ACCEPTED_LATE)) {
        count(Flag.ACCEPTED_LATE.name());
      }
      String closed = usage.flags().contains(Flag.WINDOW_CLOSED) ? " closed" : "";
      if (!closed.isEmpty()) {
        count(Flag.WINDOW_CLOSED.name());
      }
      if (usage.lines().size() > 1) {
        count("tier crossed");
      }
      ZoneId zone = account.settings().zone();
      if (usage.lines().stream().anyMatch(line -> line.month() != null)
          && YearMonth.from(usage.call().occurredAt().atZone(zone))
              .isBefore(YearMonth.from(usage.billedAt().atZone(zone)))) {
        count("month before");
      }
      return "billed "
          + usage.id()
          + " "
          + usage.sequence()
          + " "
          + usage.amount()
          + " "
          + usage.payment().before()
          + ">"
          + usage.payment().after()
          + " "
          + usage.payment().drawn().stream()
              .map(draw -> draw.grantId() + ":" + draw.amount())
              .toList()
          + " owed "
          + usage.payment().debt()
          + " "
          + circumstance
          + closed;
    }

    private static String line(LowBalance low) {
      return String.join(
          " ",
          low.type().name(),
          low.threshold().toString() + (low.percent() == null ? "" : " " + low.percent() + "%"),
          Long.toString(low.sequence()),
          low.available().toString(),
          low.burnPerHour().toString(),
          low.runsOutAt() == null ? "" : low.runsOutAt().toString());
    }

    private String describe(Account a) {
      return String.join(
          " ",
          "seq=" + a.sequence(),
          "balance=" + a.balance(),
          "granted=" + a.totals().granted(),
          "expired=" + a.totals().expired(),
          "adjusted=" + a.totals().adjusted(),
          "billed=" + a.totals().billed(),
          "debt=" + a.debt(),
          "grants=" + left(a.grants()),
          "pending=" + left(a.pending()),
          "held=" + a.holds().held(),
          "means="
              + a.holds().means().stream()
                  .map(mean -> mean.model() + ":" + mean.sixteenths())
                  .toList(),
          "since=" + (a.history().firstChargedAt() == null ? "" : a.history().firstChargedAt()),
          "paid=" + new TreeMap<>(a.history().paid()),
          "topUp=" + (a.history().topUp() == null ? "" : a.history().topUp()),
          "low=" + a.low().stream().map(Amount::toString).toList(),
          "windows=" + windows(a.quotas()),
          "denied=" + a.told().denied(),
          "months="
              + new TreeMap<>(
                  a.months().stream()
                      .collect(Collectors.toMap(MonthCounter::month, MonthCounter::counted))),
          "answer=" + (a.entitlement() == null ? "" : describe(a.entitlement())));
    }

    private Map<String, String> windows(List<QuotaCounter> counters) {
      Map<String, String> windows = new TreeMap<>();
      counters.forEach(
          counter ->
              windows.put(
                  window(counter.id().value(), counter.span().start()),
                  counter.used() + counter.fired().toString() + (counter.over() ? "!" : "")));
      return windows;
    }

    private static Map<String, String> left(List<Grant> grants) {
      return new TreeMap<>(
          grants.stream()
              .collect(Collectors.toMap(g -> g.id().value(), g -> g.remaining().toString())));
    }

    private static String describe(Entitlement entitlement) {
      return entitlement.decision()
          + (entitlement.reason() == null ? "" : " " + entitlement.reason())
          + (entitlement.until() == null ? "" : " " + entitlement.until());
    }

    private String window(String quota, Instant start) {
      ZoneId zone = account.settings().zone();
      return quota + "@" + start.atZone(zone).toOffsetDateTime();
    }

    private void count(String what) {
      seen.merge(what, 1, Integer::sum);
    }

    private static Optional<Remembered> recall(Map<StateKey, Remembered> memory, StateKey key) {
      return Optional.ofNullable(memory.get(key));
    }
  }
}
