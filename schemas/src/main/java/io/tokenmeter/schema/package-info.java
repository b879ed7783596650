/**
 * Schema: the records on the wire, generated from the {@code .avsc} files.
 *
 * <p>In comes nothing; out go the classes of every topic's value. What always holds: a decimal is a
 * {@link java.math.BigDecimal} of its schema's scale, an instant an {@link java.time.Instant} of
 * whole milliseconds, a string a {@link String}; a record reads data of every released version of
 * its schema and is read by every released version.
 */
package io.tokenmeter.schema;
