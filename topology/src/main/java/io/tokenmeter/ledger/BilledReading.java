package io.tokenmeter.ledger;

import io.tokenmeter.measured.Meter;
import io.tokenmeter.measured.Provenance;
import io.tokenmeter.raw.Quantity;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One meter of a billed usage: what the provider said, what was counted, what was billed.
 *
 * @param meter what was used
 * @param dimensions what a price may depend on
 * @param reported the provider's figure; null when it gave none
 * @param counted our own figure; null when there is none
 * @param billed the figure that was billed; null when figures of another source were chosen
 * @param provenance how the billed figure is known, or where none was billed, the best one
 */
public record BilledReading(
    Meter meter,
    Map<String, String> dimensions,
    @Nullable Quantity reported,
    @Nullable Quantity counted,
    @Nullable Quantity billed,
    Provenance provenance) {
  public BilledReading {
    dimensions = Map.copyOf(dimensions);
  }
}
