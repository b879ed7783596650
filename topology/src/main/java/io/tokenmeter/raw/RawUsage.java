package io.tokenmeter.raw;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Usage that has no exchange: storage a day, a paid tool, training tokens, or what a gateway
 * counted by itself.
 *
 * @param orgId who pays
 * @param id under which it is billed once
 * @param caller who within the organisation
 * @param meter a meter's name, not yet looked up
 * @param quantity in the meter's unit, not yet checked
 * @param provider whose service; null when it doesn't matter
 * @param model what is priced, as the price book names it; null when the meter alone is priced
 * @param keyMode whose provider key
 * @param billingType the billing type it counts as; null means the meter's own
 * @param occurredAt when it was used
 * @param attributes dimensions that a rate may ask for
 */
public record RawUsage(
    OrgId orgId,
    UsageId id,
    Map<Scope, String> caller,
    String meter,
    BigDecimal quantity,
    @Nullable String provider,
    @Nullable String model,
    KeyMode keyMode,
    @Nullable String billingType,
    Instant occurredAt,
    Map<String, String> attributes) {
  public RawUsage {
    caller = Map.copyOf(caller);
    attributes = Map.copyOf(attributes);
  }
}
