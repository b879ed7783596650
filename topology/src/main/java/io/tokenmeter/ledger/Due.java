package io.tokenmeter.ledger;

import io.tokenmeter.raw.OrgId;
import java.time.Instant;

/**
 * Something to look at again.
 *
 * @param orgId the organisation
 * @param key what to look at
 * @param at not before this time
 * @param kind why
 */
public record Due(OrgId orgId, StateKey key, Instant at, Kind kind) {
  /** Why to look again. Any clock tells when: what comes of it is journaled. */
  public enum Kind {
    /** A half may still miss its other half. */
    HALF_MISSING,
    /** A hold may have expired. */
    HOLD,
    /** A window is over in which a quota reached a level. */
    WINDOW,
    /** A grant begins or ends. */
    GRANT
  }
}
