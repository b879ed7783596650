package io.tokenmeter.app.audit;

import java.util.List;

/**
 * What an audit found.
 *
 * @param raw raw = metered + rejected + under way
 * @param facts metered facts by where they stand
 * @param charges how many billed records and lines were added up
 * @param balances how many organisations' balances were recomputed, and how many differ
 * @param events how many events were seen
 * @param disagreements the first of what doesn't hold; empty when all does
 * @param disagreementCount how many there are in all
 */
public record AuditReport(
    Equation raw,
    Equation facts,
    Charges charges,
    Balances balances,
    long events,
    List<Disagreement> disagreements,
    long disagreementCount) {

  /**
   * Charges that were added up.
   *
   * @param records in the book of record
   * @param lines of them, each found in the flat charges too
   */
  public record Charges(long records, long lines) {}

  /**
   * Balances that were recomputed.
   *
   * @param organisations with a balance
   * @param differences how many of them are not what their postings add up to
   * @param fromTheBeginning whether all postings are still on the topics; where retention took the
   *     first ones, the figures of a balance are checked against each other and from charge to
   *     charge, not from zero
   */
  public record Balances(long organisations, long differences, boolean fromTheBeginning) {}

  public AuditReport {
    disagreements = List.copyOf(disagreements);
  }

  /** Whether everything holds. */
  public boolean passed() {
    return raw.holds() && facts.holds() && disagreementCount == 0;
  }

  /** Raw records that measure has not come to, and pairs of facts that the ledger hasn't. */
  public long underWay() {
    return raw.part(RawCheck.UNDER_WAY) + facts.part(FactCheck.UNDER_WAY);
  }

  /** Halves of exchanges that wait for their other half. */
  public long waiting() {
    return facts.part(FactCheck.WAITING);
  }
}
