package io.tokenmeter.ledger;

import io.tokenmeter.measured.Comparison;
import io.tokenmeter.measured.Flag;
import io.tokenmeter.rated.Amount;
import io.tokenmeter.rated.Line;
import io.tokenmeter.rated.Priced;
import io.tokenmeter.raw.OrgId;
import io.tokenmeter.raw.Origin;
import io.tokenmeter.raw.UsageId;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One charge, with all that is needed to follow it back: the book of record.
 *
 * @param orgId who pays
 * @param id the usage
 * @param sequence its posting
 * @param call who called whom, and how it ended
 * @param billingType the billing type it counts as
 * @param billedAt append time of the entry that completed it
 * @param freeReason why it costs nothing by policy; null when it was priced
 * @param flags what is unusual about it
 * @param readings its meters
 * @param book the organisation's price book
 * @param unit what the amounts are in; empty while not known
 * @param priced what it costs, line by line; null exactly when there is a free reason
 * @param payment who paid
 * @param requestOrigin the raw request; null when there is none
 * @param responseOrigin the raw answer or usage record
 */
public record BilledUsage(
    OrgId orgId,
    UsageId id,
    long sequence,
    Call call,
    String billingType,
    Instant billedAt,
    @Nullable String freeReason,
    Set<Flag> flags,
    List<Comparison> readings,
    String book,
    String unit,
    @Nullable Priced priced,
    Payment payment,
    @Nullable Origin requestOrigin,
    Origin responseOrigin)
    implements Output {
  /**
   * @throws IllegalStateException when price and payment differ: the ledger has a defect
   */
  public BilledUsage {
    flags = flags.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(flags));
    readings = List.copyOf(readings);
    if ((priced == null) == (freeReason == null)) {
      throw new IllegalStateException(id + " is either priced or free");
    }
    Amount price = priced == null ? Amount.ZERO : priced.amount();
    if (!price.equals(payment.amount())) {
      throw new IllegalStateException(id + " costs " + price + " and was paid " + payment.amount());
    }
  }

  /** What it costs: 0 or more, the sum of its lines. */
  public Amount amount() {
    return payment.amount();
  }

  /** Its lines; none when it is free by policy. */
  public List<Line> lines() {
    return priced == null ? List.of() : priced.lines();
  }
}
