/**
 * Dialects: what each provider's wire protocol says about usage, and where its text is.
 *
 * <p>In come JSON values of a request, an answer or a stream's events; out go sheets ({@link
 * RequestSheet}, {@link AnswerSheet}) with disjoint readings. What always holds: what a figure
 * includes is known here and nowhere else; each rule names its source; where a provider's figures
 * contradict each other no reading is negative and no token is in two of them. To add a provider,
 * write one {@link Dialect} and list it in {@link Dialects}.
 */
@NullMarked
package io.tokenmeter.measured.dialect;

import org.jspecify.annotations.NullMarked;
