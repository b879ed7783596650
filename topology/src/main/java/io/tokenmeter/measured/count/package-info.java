/**
 * Counting: what a text or an image is worth in a model's tokens, found out by ourselves.
 *
 * <p>In come UTF-8 bytes and the name of a model, or the head of an image file; out come token
 * counts. {@link Counters} knows which vocabulary a model uses. Where that is public the count is
 * exact, else it is an estimate and says so. What always holds: a count depends on the bytes and
 * the vocabulary alone, not on the Java version, the locale or what was counted before; the work is
 * at worst n log n in the length of the text, whatever the text; no text is kept, logged or named
 * in an error.
 */
@NullMarked
package io.tokenmeter.measured.count;

import org.jspecify.annotations.NullMarked;
