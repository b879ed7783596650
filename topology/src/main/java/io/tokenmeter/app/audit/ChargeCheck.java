package io.tokenmeter.app.audit;

import io.tokenmeter.raw.Origin;
import io.tokenmeter.schema.BilledLine;
import io.tokenmeter.schema.BilledUsage;
import io.tokenmeter.schema.ChargeLine;
import io.tokenmeter.schema.GrantDraw;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;

/**
 * Each line is quantity × price ÷ per, the lines add up to the amount, the amount is what the
 * grants and the debt took, and the flat charges are the same lines.
 */
final class ChargeCheck {
  /** The 12 decimals that an amount has on the wire. */
  private static final int SCALE = 12;

  private record LineKey(String org, String usage, int line) {}

  /** What of a line must be the same in both topics. */
  private record Shown(Origin place, long sequence, String content) {}

  private final Map<LineKey, Shown> billed = new HashMap<>();
  private final Map<LineKey, Shown> charged = new HashMap<>();

  /** By organisation, the first sequence in either topic: what retention left of it. */
  private final Map<String, Long> firstBilled = new HashMap<>();

  private final Map<String, Long> firstCharged = new HashMap<>();
  private final Findings findings = new Findings();
  private long records;
  private long lines;

  void billed(Origin place, BilledUsage usage) {
    records++;
    firstBilled.merge(usage.getOrgId(), usage.getSequence(), Math::min);
    BigDecimal sum = BigDecimal.ZERO;
    for (BilledLine line : usage.getLines()) {
      lines++;
      sum = sum.add(line.getAmount());
      judge(place, usage, line);
      String content =
          content(
              line.getMeter(),
              line.getQuantity(),
              line.getPrice(),
              line.getPer(),
              line.getAmount());
      match(
          billed,
          charged,
          key(usage, line.getLine()),
          new Shown(place, usage.getSequence(), content));
    }
    if (usage.getLines().isEmpty()) {
      String nothing =
          content("", BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ONE, BigDecimal.ZERO);
      match(billed, charged, key(usage, 0), new Shown(place, usage.getSequence(), nothing));
    }
    BigDecimal amount = usage.getAmount();
    same(place, usage, "its lines add up to", sum, "its amount", amount);
    BigDecimal taken = usage.getDebt();
    for (GrantDraw draw : usage.getGrantsDrawn()) {
      taken = taken.add(draw.getAmount());
    }
    same(place, usage, "grants and debt took", taken, "its amount", amount);
    BigDecimal fallen = usage.getBalanceBefore().subtract(usage.getBalanceAfter());
    same(place, usage, "the balance fell by", fallen, "its amount", amount);
  }

  void charged(Origin place, ChargeLine line) {
    firstCharged.merge(line.getOrgId(), line.getSequence(), Math::min);
    String content =
        content(
            line.getMeter(), line.getQuantity(), line.getPrice(), line.getPer(), line.getAmount());
    match(
        charged,
        billed,
        new LineKey(line.getOrgId(), line.getUsageId(), line.getLine()),
        new Shown(place, line.getSequence(), content));
  }

  /**
   * Judges what has no counterpart.
   *
   * @param fromTheBeginning both topics have all that they ever had
   * @param reflected the last sequence that an organisation's balance is known to reflect
   */
  AuditReport.Charges report(
      boolean fromTheBeginning, ToLongFunction<String> reflected, Findings all) {
    all.addAll(findings);
    Map<String, Long> none = Map.of();
    alone(
        billed,
        "is billed, but not among the flat charges",
        fromTheBeginning ? none : firstCharged,
        reflected,
        all);
    alone(
        charged,
        "is among the flat charges, but not billed",
        fromTheBeginning ? none : firstBilled,
        reflected,
        all);
    return new AuditReport.Charges(records, lines);
  }

  private static void alone(
      Map<LineKey, Shown> lines,
      String what,
      Map<String, Long> others,
      ToLongFunction<String> reflected,
      Findings all) {
    lines.forEach(
        (key, shown) -> {
          if (shown.sequence() >= others.getOrDefault(key.org(), 1L)
              && shown.sequence() <= reflected.applyAsLong(key.org())) {
            all.add(
                key.org() + ", usage " + key.usage() + ": line " + key.line() + " " + what,
                shown.place());
          }
        });
  }

  private void match(
      Map<LineKey, Shown> mine, Map<LineKey, Shown> others, LineKey key, Shown shown) {
    Shown other = others.remove(key);
    if (other == null) {
      if (mine.put(key, shown) != null) {
        findings.add(
            key.org() + ", usage " + key.usage() + ": line " + key.line() + " is there twice",
            shown.place());
      }
    } else if (!other.content().equals(shown.content())) {
      findings.add(
          "%s, usage %s: line %d is %s in one topic and %s in the other"
              .formatted(key.org(), key.usage(), key.line(), shown.content(), other.content()),
          shown.place(),
          other.place());
    }
  }

  private void judge(Origin place, BilledUsage usage, BilledLine line) {
    BigDecimal exact =
        line.getQuantity()
            .multiply(line.getPrice())
            .divide(line.getPer(), SCALE, RoundingMode.HALF_EVEN);
    String what = "line " + line.getLine() + ", quantity × price ÷ per, is";
    same(place, usage, what, exact, "its amount", line.getAmount());
  }

  private void same(
      Origin place,
      BilledUsage usage,
      String one,
      BigDecimal first,
      String other,
      BigDecimal second) {
    if (first.compareTo(second) != 0) {
      findings.add(
          "%s, usage %s: %s %s, %s is %s"
              .formatted(
                  usage.getOrgId(), usage.getUsageId(), one, plain(first), other, plain(second)),
          place);
    }
  }

  private static LineKey key(BilledUsage usage, int line) {
    return new LineKey(usage.getOrgId(), usage.getUsageId(), line);
  }

  private static String content(
      String meter, BigDecimal quantity, BigDecimal price, BigDecimal per, BigDecimal amount) {
    return Objects.requireNonNullElse(meter, "")
        + " "
        + plain(quantity)
        + " × "
        + plain(price)
        + " ÷ "
        + plain(per)
        + " = "
        + plain(amount);
  }

  static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
