/**
 * Wire: the stages' own types to and from the Avro records of the topics and the stores.
 *
 * <p>The rules know nothing of Avro and the topics know nothing of the rules; this is the only
 * place that knows both. What always holds: decoding what was encoded gives an equal value, and a
 * record that breaks a rule of the stages' types is refused with {@link
 * io.tokenmeter.raw.InvalidRecordException} before anything is built from it.
 */
@NullMarked
package io.tokenmeter.wire;

import org.jspecify.annotations.NullMarked;
