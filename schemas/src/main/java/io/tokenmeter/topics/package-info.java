/**
 * Topics: what travels where, and how each topic has to be set up.
 *
 * <p>In comes a prefix; out go names, value classes and the settings to create and to check topics
 * with. What always holds: what money depends on is dated by the broker's clock (LogAppendTime), so
 * that a replay sees the times of the first run; rejected records are kept no longer than the raw
 * ones that they copy.
 */
@NullMarked
package io.tokenmeter.topics;

import org.jspecify.annotations.NullMarked;
