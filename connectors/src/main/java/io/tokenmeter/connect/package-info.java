/**
 * Connect: Tokenmeter's records as Kafka Connect's sinks take them.
 *
 * <p>In come values in the Schema Registry's wire format; out go flat structs: a column a field,
 * the fields of a record within a record as columns too, arrays and maps as JSON. Decimals and
 * times keep their type and their digits. What always holds: a record that can never be read fails
 * with a {@link org.apache.kafka.connect.errors.DataException}, which Connect may put in its
 * dead-letter topic; a registry that doesn't answer fails with another exception, which stops the
 * task with nothing committed, so that an outage never turns good records into dead ones.
 */
@NullMarked
package io.tokenmeter.connect;

import org.jspecify.annotations.NullMarked;
