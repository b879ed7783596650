/**
 * Exchange: recorded calls of model providers as JSON lines, for {@code produce} and {@code meter}.
 *
 * <p>In comes a file of the form that the README describes; out come {@link
 * io.tokenmeter.app.exchange.RecordedExchange}s, and from those raw records. What always holds: a
 * line that can't be used is named by its number, and never shown.
 */
@NullMarked
package io.tokenmeter.app.exchange;

import org.jspecify.annotations.NullMarked;
