package io.tokenmeter.measured;

import io.tokenmeter.raw.KeyMode;
import io.tokenmeter.raw.Scope;
import io.tokenmeter.raw.UsageId;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A usage record that was checked.
 *
 * @param id under which it is billed once
 * @param caller who within the organisation
 * @param provider whose service; null when it doesn't matter
 * @param model what is priced; null when the meter alone is priced
 * @param keyMode whose provider key
 * @param billingType the billing type it counts as; null means the meter's own
 * @param occurredAt when it was used
 * @param reading how much of what
 * @param flags what is unusual
 * @param attributes the record's attributes
 */
public record MeasuredUsage(
    UsageId id,
    Map<Scope, String> caller,
    @Nullable String provider,
    @Nullable String model,
    KeyMode keyMode,
    @Nullable String billingType,
    Instant occurredAt,
    MeterReading reading,
    Set<Flag> flags,
    Map<String, String> attributes)
    implements Measured {
  public MeasuredUsage {
    caller = Map.copyOf(caller);
    flags = flags.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(flags));
    attributes = Map.copyOf(attributes);
  }
}
