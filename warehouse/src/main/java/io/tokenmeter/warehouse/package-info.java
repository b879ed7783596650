/**
 * Warehouse: charges in a DuckDB file, for whoever has no warehouse yet.
 *
 * <p>In come the committed records of {@code usage.charges}; out goes a table {@code charges} in a
 * file, and the answers of queries. What always holds: the file says which offsets it includes, in
 * the same transaction as the rows. So it holds each charge line once, wherever a process dies.
 */
@NullMarked
package io.tokenmeter.warehouse;

import org.jspecify.annotations.NullMarked;
