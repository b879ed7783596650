package io.tokenmeter.query;

import io.tokenmeter.rated.Amount;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A quota in its present window.
 *
 * @param quotaId unique within the organisation
 * @param scope whose usage counts, the organisation, a user, a model and so on
 * @param subject which of them; null for the organisation, or for each by itself
 * @param meter what is counted, as in {@code spend}
 * @param window how long, as in {@code day}
 * @param start the present window's first instant
 * @param end the first instant after it, when everything is left again
 * @param limit what may be used in it, in the meter's unit
 * @param used what was; may be more; null where it counts each project, user, key or model by
 *     itself
 * @param left the rest, 0 or more; null as {@code used} is
 * @param warningPercents levels below the limit at which an event tells
 * @param hard whether the organisation may not call once nothing is left
 */
public record QuotaView(
    String quotaId,
    String scope,
    @Nullable String subject,
    String meter,
    String window,
    Instant start,
    Instant end,
    Amount limit,
    @Nullable Amount used,
    @Nullable Amount left,
    List<Integer> warningPercents,
    boolean hard) {
  public QuotaView {
    warningPercents = List.copyOf(warningPercents);
  }
}
