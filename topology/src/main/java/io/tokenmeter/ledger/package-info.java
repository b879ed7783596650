/**
 * Ledger: what each organisation has and owes.
 *
 * <p>In come {@link Entry}s of the journal, one at a time and in its order, with the {@link
 * Account} of their organisation and what is remembered of their ids; out go the next account, what
 * to remember, what to look at again and when, and {@link Output}s for the topics. The ledger is a
 * state machine without state of its own: whoever calls it loads, stores and forwards.
 *
 * <p>What always holds:
 *
 * <ul>
 *   <li>granted − expired + adjusted − billed = balance = what effective grants have left − debt;
 *       there is debt only when no effective grant has anything left. {@link Account} refuses to
 *       exist otherwise.
 *   <li>A posting is the only thing that moves a balance; each has the next sequence number.
 *   <li>Money moves on journal entries alone, by the append times that they carry. No rule reads a
 *       clock, so the same journal gives the same charges, balances and events.
 *   <li>An id bills once. While it is remembered, a copy is a duplicate or a conflict; once it is
 *       forgotten, a copy is too late ({@link Horizon} has the argument).
 * </ul>
 */
@NullMarked
package io.tokenmeter.ledger;

import org.jspecify.annotations.NullMarked;
