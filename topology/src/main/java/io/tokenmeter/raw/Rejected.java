package io.tokenmeter.raw;

/**
 * A record that goes to {@code usage.rejected}, whole.
 *
 * @param code why, for machines
 * @param message why, for people: the value, what is allowed, the next step; no body text
 */
public record Rejected(Rejection code, String message) {}
