package io.tokenmeter.measured;

import io.tokenmeter.raw.UsageId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was read off an answer: quantities and no text.
 *
 * @param id the exchange's id
 * @param provider who answered; null when the gateway didn't say
 * @param dialect name of the wire protocol that was read
 * @param operation what kind of call
 * @param model the model that answered, as the provider names it; null when it named none
 * @param occurredAt when the last byte arrived
 * @param status HTTP status
 * @param outcome how the exchange ended
 * @param readings what the provider reported ({@link Provenance#REPORTED}) and what was counted in
 *     the answer (the others), side by side
 * @param providerTotal the provider's own total of tokens; null when it gave none
 * @param providerCost what the provider says that it charges; null when it doesn't say
 * @param providerCostUnit what that is in; null when it doesn't say
 * @param serviceTier the tier that was used, as the provider spells it; null when it named none
 * @param responseId the provider's id of the answer; null when it has none
 * @param flags what is unusual
 * @param attributes the gateway's own dimensions
 */
public record MeasuredResponse(
    UsageId id,
    @Nullable String provider,
    String dialect,
    Operation operation,
    @Nullable String model,
    Instant occurredAt,
    int status,
    Outcome outcome,
    List<MeterReading> readings,
    @Nullable Long providerTotal,
    @Nullable BigDecimal providerCost,
    @Nullable String providerCostUnit,
    @Nullable String serviceTier,
    @Nullable String responseId,
    Set<Flag> flags,
    Map<String, String> attributes)
    implements Measured {
  public MeasuredResponse {
    readings = List.copyOf(readings);
    flags = flags.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(flags));
    attributes = Map.copyOf(attributes);
  }
}
