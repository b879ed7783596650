/**
 * Ingest: what gateways send that don't speak Kafka, as the raw records that it means.
 *
 * <p>In comes JSON, one item after the other: exchanges, their halves, usage records, or spans (in
 * {@code otlp}). Out go {@link io.tokenmeter.ingest.RawRecord}s for the raw topics, or why not.
 *
 * <p>What always holds: the same item gives the same record, whenever it is read, so that sending
 * it again bills nothing again; nothing is made up that the item doesn't say; no tree is built of a
 * body; no text of one is in a message.
 */
@NullMarked
package io.tokenmeter.ingest;

import org.jspecify.annotations.NullMarked;
