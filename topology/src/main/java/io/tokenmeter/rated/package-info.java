/**
 * Rated: what a usage costs.
 *
 * <p>In come {@link Usage}s (readings chosen for billing, with what a price may depend on) and
 * price books; out come {@link Priced} charges, line by line, or {@link Unpriced}, which is parked.
 * What always holds: a line's amount is quantity × price ÷ per, exact where 12 decimals can hold
 * it, else rounded once, half-even; the lines add up to the amount; nothing costs 0 because a price
 * is missing; the price is the one that held when the usage occurred, among those published by
 * then.
 */
@NullMarked
package io.tokenmeter.rated;

import org.jspecify.annotations.NullMarked;
