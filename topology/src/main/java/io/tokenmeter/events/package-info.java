/**
 * Events: who must hear of it.
 *
 * <p>In come an account after an entry and the postings that the entry made; out go {@link
 * io.tokenmeter.ledger.LowBalance}, {@link io.tokenmeter.ledger.QuotaExceeded} and {@link
 * io.tokenmeter.ledger.EntitlementChanged}. What always holds: each crossing of a level gives
 * exactly one event, whose id depends on nothing but the crossing; an answer is given only when it
 * is another one. The account carries what was told as plain data, so this package has no state.
 */
@NullMarked
package io.tokenmeter.events;

import org.jspecify.annotations.NullMarked;
