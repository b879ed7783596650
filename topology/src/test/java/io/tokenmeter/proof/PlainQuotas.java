package io.tokenmeter.proof;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The quotas of {@link PlainAccount}: a box for each quota and window. */
final class PlainQuotas {
  private static final class Box {
    final Sent.Quota quota;
    final Instant begins;
    final Instant ends;
    BigDecimal used = BigDecimal.ZERO;
    final Set<Integer> fired = new TreeSet<>();
    boolean over;

    Box(Sent.Quota quota, Instant begins, Instant ends) {
      this.quota = quota;
      this.begins = begins;
      this.ends = ends;
    }

    boolean owesReset() {
      return !fired.isEmpty() && !over;
    }
  }

  private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final String org;
  private final List<Sent.Quota> quotas;
  private final Duration stayOpen;
  private final Sheet sheet;
  private final List<Box> boxes = new ArrayList<>();

  PlainQuotas(String org, List<Sent.Quota> quotas, Duration stayOpen, Sheet sheet) {
    this.org = org;
    this.quotas = quotas;
    this.stayOpen = stayOpen;
    this.sheet = sheet;
  }

  /** A charge. */
  void spend(BigDecimal amount, int requests, Instant occurred, Instant now) {
    for (Sent.Quota quota : quotas) {
      BigDecimal used = quota.spend() ? amount : BigDecimal.valueOf(requests);
      if (used.signum() > 0) {
        count(quota, used, occurred, now);
      }
    }
  }

  private void count(Sent.Quota quota, BigDecimal used, Instant occurred, Instant now) {
    Instant current = begin(quota, now);
    Instant target = begin(quota, occurred);
    if (!isOpen(end(quota, target), current, now)) {
      target = current;
    }
    Box hit = null;
    for (Box box : List.copyOf(boxes)) {
      if (box.quota.equals(quota)) {
        if (box.begins.equals(target)) {
          hit = box;
        } else if (!box.owesReset() && !isOpen(box.ends, current, now)) {
          boxes.remove(box);
        }
      }
    }
    if (hit == null) {
      hit = new Box(quota, target, end(quota, target));
      boxes.add(hit);
    }
    hit.used = hit.used.add(used);
  }

  /** A window that is over still counts while the one after it is the current one. */
  private boolean isOpen(Instant ends, Instant current, Instant now) {
    return ends.isAfter(now)
        || (Duration.between(ends, now).compareTo(stayOpen) < 0 && current.equals(ends));
  }

  private static Instant begin(Sent.Quota quota, Instant instant) {
    return quota.perMinute() ? instant.truncatedTo(ChronoUnit.MINUTES) : Instant.EPOCH;
  }

  private static Instant end(Sent.Quota quota, Instant begins) {
    return quota.perMinute() ? begins.plus(1, ChronoUnit.MINUTES) : NEVER;
  }

  /** Says which levels are reached now, and which windows are over. */
  void tell(Instant now, long sequence) {
    for (Box box : boxes) {
      if (box.owesReset() && !box.ends.isAfter(now)) {
        box.over = true;
        event(box, "RESET", Collections.max(box.fired), sequence);
      }
      Set<Integer> percents = new TreeSet<>(box.quota.percents());
      percents.add(100);
      for (int percent : percents) {
        BigDecimal level = box.quota.limit().multiply(BigDecimal.valueOf(percent));
        if (box.used.multiply(HUNDRED).compareTo(level) >= 0 && box.fired.add(percent)) {
          event(box, percent == 100 ? "EXCEEDED" : "WARNING", percent, sequence);
        }
      }
    }
  }

  private void event(Box box, String type, int percent, long sequence) {
    sheet.expect(
        Lines.quota(
            org, box.quota.id(), type, percent, box.begins.toEpochMilli(), sequence, box.used));
  }
}
