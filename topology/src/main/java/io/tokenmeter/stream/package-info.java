/**
 * Stream: the two Kafka Streams applications around the rules.
 *
 * <p>{@link MeasureTopology} is stateless: raw topics in, journal and dead letters out. {@link
 * LedgerTopology} holds all state: journal in, billed usage, balances and events out. A processor
 * here decodes, loads, calls a rule, stores and forwards; it decides nothing about money.
 *
 * <p>What always holds: all that a record causes (store writes, outputs, the offset) commits in one
 * transaction; an expected failure is a value that goes to {@code usage.rejected}, whole, before
 * any store was written; an unexpected one stops the task.
 */
@NullMarked
package io.tokenmeter.stream;

import org.jspecify.annotations.NullMarked;
