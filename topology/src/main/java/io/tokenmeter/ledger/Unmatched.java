package io.tokenmeter.ledger;

import io.tokenmeter.raw.OrgId;
import io.tokenmeter.raw.Origin;
import java.time.Instant;

/**
 * Something that could not be billed or carried out as it stands.
 *
 * @param orgId the organisation
 * @param id the usage's, the command's or the grant's
 * @param reason why
 * @param detail what is wrong and what to do, for a person
 * @param occurredAt when it was used or issued
 * @param noticedAt append time of the entry that showed it
 * @param origin the raw record
 */
public record Unmatched(
    OrgId orgId,
    String id,
    Reason reason,
    String detail,
    Instant occurredAt,
    Instant noticedAt,
    Origin origin)
    implements Output {
  /** Why. */
  public enum Reason {
    /** A request whose answer has not come in time; it still bills if it comes. */
    UNANSWERED,
    /** An answer whose request has not come in time. */
    NO_REQUEST,
    /** Older than the horizon, so it can't be told from a copy. */
    TOO_LATE,
    /** The same id with other content. */
    CONFLICT
  }
}
