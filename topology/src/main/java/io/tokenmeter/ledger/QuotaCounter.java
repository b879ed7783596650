package io.tokenmeter.ledger;

import io.tokenmeter.rated.Amount;
import java.util.List;

/**
 * What was spent of a quota in one of its windows.
 *
 * @param id the quota
 * @param span the window
 * @param used spent in it, 0 or more
 * @param fired levels in percent of which somebody was told, ascending; 100 is the limit itself
 */
public record QuotaCounter(QuotaId id, Span span, Amount used, List<Integer> fired) {
  public QuotaCounter {
    fired = List.copyOf(fired);
  }

  /** The same window with other levels told. */
  public QuotaCounter withFired(List<Integer> levels) {
    return new QuotaCounter(id, span, used, levels);
  }

  QuotaCounter plus(Amount spent) {
    return new QuotaCounter(id, span, used.plus(spent), fired);
  }
}
