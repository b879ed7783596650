package io.tokenmeter.query;

import io.tokenmeter.raw.OrgId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether an organisation may call.
 *
 * @param org whose
 * @param decision {@code ALLOW} or {@code DENY}
 * @param reason why not: {@code CREDITS_EXHAUSTED} or {@code QUOTA_EXCEEDED:} and the quota's id;
 *     null when allowed
 * @param until when a quota's window ends and the answer changes by itself; null when it doesn't
 * @param sequence the last posting that it reflects
 * @param asOf append time of the last journal record that it reflects
 */
public record EntitlementView(
    OrgId org,
    String decision,
    @Nullable String reason,
    @Nullable Instant until,
    long sequence,
    Instant asOf) {}
