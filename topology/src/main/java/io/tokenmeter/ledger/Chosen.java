package io.tokenmeter.ledger;

import io.tokenmeter.measured.Flag;
import io.tokenmeter.measured.MeterReading;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of an exchange is billed.
 *
 * @param readings to be priced, disjoint; ignored when there is a free reason
 * @param comparison all meters, with what was reported, counted and billed
 * @param freeReason why it costs nothing by policy, as in FAILED_REQUEST; null when it is priced
 * @param flags what the comparison shows
 */
public record Chosen(
    List<MeterReading> readings,
    List<BilledReading> comparison,
    @Nullable String freeReason,
    Set<Flag> flags) {
  public Chosen {
    readings = List.copyOf(readings);
    comparison = List.copyOf(comparison);
    flags = flags.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(flags));
  }
}
