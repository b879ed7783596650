/**
 * Raw: what gateways publish, decoded and checked but not yet read.
 *
 * <p>In come the records of {@code llm.requests}, {@code llm.responses} and {@code usage.records};
 * out go {@link RawRequest}, {@link RawResponse} and {@link RawUsage}, or a {@link Rejected} that
 * says what is wrong. What always holds: a value of these types has valid identifiers, and the body
 * is passed on by reference, never copied and never logged.
 */
@NullMarked
package io.tokenmeter.raw;

import org.jspecify.annotations.NullMarked;
