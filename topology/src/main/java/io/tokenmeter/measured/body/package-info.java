/**
 * Bodies: the bytes of a request or an answer, taken apart without reading a meaning into them.
 *
 * <p>In come byte ranges; out come JSON values one at a time ({@link JsonCursor}), the events of a
 * stream ({@link SseReader}, {@link AwsEventStream}), the fields of a form ({@link FormReader}) and
 * texts gathered for counting ({@link Texts}). What always holds: a body is read once, in order; no
 * tree of it is built; no text of it is in an error.
 */
@NullMarked
package io.tokenmeter.measured.body;

import org.jspecify.annotations.NullMarked;
