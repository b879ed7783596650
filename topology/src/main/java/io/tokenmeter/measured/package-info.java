/**
 * Measured: how much was used, read off the bytes.
 *
 * <p>In come {@link io.tokenmeter.raw.RawRequest}, {@link io.tokenmeter.raw.RawResponse} and {@link
 * io.tokenmeter.raw.RawUsage}; out go small facts ({@link MeasuredRequest}, {@link
 * MeasuredResponse}, {@link MeasuredUsage}) or a {@link io.tokenmeter.raw.Rejected}. What always
 * holds: a fact has quantities and identifiers and no text; the token readings of one provenance
 * are disjoint, so that no token is in two of them; the same bytes give the same fact.
 */
@NullMarked
package io.tokenmeter.measured;

import org.jspecify.annotations.NullMarked;
