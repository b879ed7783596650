package io.tokenmeter.ledger;

import io.tokenmeter.rated.Amount;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What was spent of each quota, by window.
 *
 * <p>A charge counts in the window in which the usage occurred, as long as that is open: the window
 * that holds the append time, the one before it (an exchange at five to midnight is often billed
 * after it), and any later one (a gateway's clock may be ahead by minutes). What is older counts in
 * the window that holds the append time.
 */
final class Quotas {
  private static final Comparator<QuotaCounter> ORDER =
      Comparator.comparing((QuotaCounter counter) -> counter.id().value())
          .thenComparing(counter -> counter.span().start());

  private Quotas() {}

  /** The account with its counters after a charge. */
  static Account spend(Account account, Amount amount, Instant occurredAt, Instant appendedAt) {
    Settings settings = account.settings();
    if (settings.quotas().isEmpty() || amount.signum() == 0) {
      return account;
    }
    List<QuotaCounter> counters = new ArrayList<>();
    for (QuotaSetting quota : settings.quotas()) {
      List<QuotaCounter> mine = of(quota, account.quotas());
      Span now = window(quota, mine, appendedAt, settings.zone());
      Span before = quota.window().at(now.start().minusNanos(1), settings.zone());
      Span span =
          occurredAt.isBefore(before.start())
              ? now
              : window(quota, mine, occurredAt, settings.zone());
      boolean counted = false;
      for (QuotaCounter counter : mine) {
        if (counter.span().equals(span)) {
          counters.add(counter.plus(amount));
          counted = true;
        } else if (!counter.span().start().isBefore(before.start())) {
          counters.add(counter);
        }
      }
      if (!counted) {
        counters.add(new QuotaCounter(quota.id(), span, amount, List.of()));
      }
    }
    counters.sort(ORDER);
    return account.withQuotas(counters);
  }

  /**
   * The counters under new settings. A quota goes on counting when its id, its window and the zone
   * stay; under another limit, levels that are no longer reached can be reached again. A quota
   * whose window or zone is another one begins at 0.
   */
  static List<QuotaCounter> reconfigured(Account account, Settings next) {
    List<QuotaCounter> counters = new ArrayList<>();
    if (!account.settings().zone().equals(next.zone())) {
      return counters;
    }
    for (QuotaSetting quota : next.quotas()) {
      boolean stays =
          account.settings().quotas().stream()
              .anyMatch(old -> old.id().equals(quota.id()) && old.window() == quota.window());
      if (stays) {
        of(quota, account.quotas()).stream()
            .map(counter -> counter.withFired(stillReached(counter, quota)))
            .forEach(counters::add);
      }
    }
    counters.sort(ORDER);
    return counters;
  }

  private static List<Integer> stillReached(QuotaCounter counter, QuotaSetting quota) {
    return counter.fired().stream()
        .filter(percent -> quota.levels().contains(percent))
        .filter(percent -> quota.isReached(percent, counter.used()))
        .toList();
  }

  private static List<QuotaCounter> of(QuotaSetting quota, List<QuotaCounter> counters) {
    return counters.stream().filter(counter -> counter.id().equals(quota.id())).toList();
  }

  /** The window that holds an instant, without asking the zone where a counter already knows it. */
  private static Span window(
      QuotaSetting quota, List<QuotaCounter> mine, Instant instant, ZoneId zone) {
    for (QuotaCounter counter : mine) {
      if (counter.span().holds(instant)) {
        return counter.span();
      }
    }
    return quota.window().at(instant, zone);
  }
}
