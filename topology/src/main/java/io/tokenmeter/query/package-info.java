/**
 * Query: what the ledger holds, over HTTP.
 *
 * <p>In come requests for one organisation's balance, usage or entitlement; out go JSON documents,
 * or a {@link io.tokenmeter.query.Problem} that names the value, what is allowed and the next step.
 * Beside them the server answers whether it is alive and ready, its metrics, and the description of
 * itself.
 *
 * <p>What always holds: any instance answers for any organisation, by asking the organisation's
 * owner once, or a standby when the owner is away; an answer says which posting it includes, and
 * how far behind it may be when it comes from a standby; an amount is a string of exact decimals
 * beside its unit. A balance read here may include a posting whose transaction is not committed
 * yet, and is marked {@code provisional}; {@code usage.billed} is the book of record.
 */
@NullMarked
package io.tokenmeter.query;

import org.jspecify.annotations.NullMarked;
