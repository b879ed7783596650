package io.tokenmeter.query;

import io.tokenmeter.rated.Amount;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A grant with something left.
 *
 * @param grantId unique within the organisation
 * @param kind why it was granted: {@code PURCHASE}, {@code PROMOTION}, …
 * @param priority a lower one is drawn on first
 * @param amount as granted
 * @param remaining above 0
 * @param effectiveAt from when it pays
 * @param expiresAt until when; null when it doesn't expire
 */
public record GrantView(
    String grantId,
    String kind,
    int priority,
    Amount amount,
    Amount remaining,
    Instant effectiveAt,
    @Nullable Instant expiresAt) {}
