package io.tokenmeter.measured;

import io.tokenmeter.raw.Quantity;
import java.util.Map;

/**
 * A quantity of one meter, and how it is known. A reading of 0 says zero; where nothing is known
 * there is no reading.
 *
 * @param meter what was used
 * @param quantity how much, in the meter's unit
 * @param provenance how it is known
 * @param dimensions what a price may depend on beside the meter, as {@code size} of images; mostly
 *     empty
 */
public record MeterReading(
    Meter meter, Quantity quantity, Provenance provenance, Map<String, String> dimensions) {
  public MeterReading {
    dimensions = Map.copyOf(dimensions);
  }

  public static MeterReading of(Meter meter, long quantity, Provenance provenance) {
    return new MeterReading(meter, Quantity.of(quantity), provenance, Map.of());
  }
}
