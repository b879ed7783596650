package io.tokenmeter.ledger;

import io.tokenmeter.measured.Measured;
import io.tokenmeter.raw.Origin;

/**
 * A part of a usage that came.
 *
 * @param fact what was measured
 * @param hash of the raw record
 * @param origin of the raw record
 */
public record Received(Measured fact, ContentHash hash, Origin origin) {
  public Part part() {
    return Part.of(fact);
  }
}
