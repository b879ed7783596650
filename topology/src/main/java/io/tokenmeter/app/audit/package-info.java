/**
 * Audit: proof, from the topics alone, that nothing was lost, billed twice or added up wrongly.
 *
 * <p>In come the records of all topics, each topic in its order and the topics in any; out comes an
 * {@link io.tokenmeter.app.audit.AuditReport}: the conservation equations with their figures, and
 * every disagreement with the offsets where it can be seen. What always holds: it shares no code
 * with the rules that it checks, and takes nothing from them but the records.
 *
 * <p>It may run beside live traffic. Then the topics are at slightly different points, and what it
 * may conclude depends on the order in which their ends were looked up: balances first, then the
 * other outputs, then the journal, the dead letters and the raw topics. So all that a balance
 * reflects is seen; what is newer than its organisation's balance is not judged, and what isn't
 * worked on yet counts as under way, not as lost.
 */
@NullMarked
package io.tokenmeter.app.audit;

import org.jspecify.annotations.NullMarked;
