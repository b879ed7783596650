package io.tokenmeter.query;

import io.tokenmeter.ledger.WindowTotals;
import io.tokenmeter.measured.Meter;
import io.tokenmeter.rated.Amount;
import io.tokenmeter.raw.Quantity;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sums up stored usage into rows, window by window and group by group. */
final class UsageTally {
  /** Stored totals that one answer may sum up; a bound on what a query costs. */
  static final int MAX_TOTALS = 100_000;

  private final UsageWindow window;
  private final ZoneId zone;
  private final @Nullable UsageGrouping by;
  private final TreeMap<UsageQuery.Row, WindowTotals> sums = new TreeMap<>();
  private int added;

  UsageTally(UsageQuery query, ZoneId zone) {
    this.window = query.window();
    this.zone = zone;
    this.by = query.by();
  }

  /**
   * Adds what is stored for one window of a group.
   *
   * @param group the model, billing type or caller; empty when not split, when split by meter, or
   *     without one
   * @throws ProblemException when there is more than one answer may sum up
   */
  void add(Instant start, String group, WindowTotals totals) {
    added++;
    if (added > MAX_TOTALS) {
      throw new ProblemException(
          ProblemCode.RANGE_TOO_LONG,
          "the range holds over "
              + MAX_TOTALS
              + " totals, the most that one answer sums up; ask for a shorter range");
    }
    if (by == UsageGrouping.METER) {
      Set<Meter> meters = new HashSet<>(totals.quantities().keySet());
      meters.addAll(totals.amounts().keySet());
      meters.forEach(meter -> merge(start, meter.wireName(), only(meter, totals)));
    } else {
      merge(start, group, totals);
    }
  }

  private void merge(Instant start, String group, WindowTotals totals) {
    sums.merge(new UsageQuery.Row(start, group), totals, WindowTotals::plus);
  }

  private static WindowTotals only(Meter meter, WindowTotals totals) {
    Quantity quantity = totals.quantities().get(meter);
    Amount amount = totals.amounts().get(meter);
    return new WindowTotals(
        0,
        amount == null ? Amount.ZERO : amount,
        0,
        Amount.ZERO,
        quantity == null ? Map.of() : Map.of(meter, quantity),
        amount == null ? Map.of() : Map.of(meter, amount));
  }

  /** By start, then by group. */
  List<UsageRow> rows() {
    List<UsageRow> rows = new ArrayList<>(sums.size());
    sums.forEach((name, sum) -> rows.add(row(name, sum)));
    return rows;
  }

  private UsageRow row(UsageQuery.Row name, WindowTotals sum) {
    String group = name.group().isEmpty() ? null : name.group();
    Map<String, Quantity> quantities = new HashMap<>();
    sum.quantities().forEach((meter, quantity) -> quantities.put(meter.wireName(), quantity));
    Map<String, Amount> amounts = new HashMap<>();
    sum.amounts().forEach((meter, amount) -> amounts.put(meter.wireName(), amount));
    boolean byCharge = by != UsageGrouping.METER;
    return new UsageRow(
        name.start(),
        window.end(name.start(), zone),
        by == UsageGrouping.MODEL ? group : null,
        by == UsageGrouping.BILLING_TYPE ? group : null,
        by == UsageGrouping.METER ? group : null,
        by == UsageGrouping.PROJECT ? group : null,
        by == UsageGrouping.USER ? group : null,
        by == UsageGrouping.API_KEY ? group : null,
        byCharge ? sum.requests() : null,
        sum.amount(),
        byCharge ? sum.corrections() : null,
        byCharge ? sum.corrected() : null,
        quantities,
        amounts);
  }
}
