package io.tokenmeter.ledger;

import io.tokenmeter.rated.Amount;
import io.tokenmeter.raw.OrgId;
import java.time.Instant;

/**
 * A balance fell to a level, or rose above it again.
 *
 * @param eventId 32 hexadecimal digits, the same for the same crossing however often it is replayed
 * @param orgId the organisation
 * @param type what happened
 * @param threshold the level that was crossed
 * @param balance after the posting that crossed it
 * @param unit what the amounts are in; empty while not known
 * @param sequence the posting that crossed it
 * @param occurredAt that posting's date
 */
public record LowBalance(
    String eventId,
    OrgId orgId,
    Type type,
    Amount threshold,
    Amount balance,
    String unit,
    long sequence,
    Instant occurredAt)
    implements Output {
  /** What happened. */
  public enum Type {
    /** It fell to or below a configured threshold. */
    LOW_BALANCE,
    /** It fell to or below the overdraft's end: nothing is left to spend. */
    EXHAUSTED,
    /** It rose above a level that it had fallen to. */
    RESTORED
  }
}
