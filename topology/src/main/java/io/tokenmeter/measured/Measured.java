package io.tokenmeter.measured;

import io.tokenmeter.raw.UsageId;
import java.time.Instant;

/** A fact that measure puts in the journal. */
public sealed interface Measured permits MeasuredRequest, MeasuredResponse, MeasuredUsage {
  /** Under which it is billed once. */
  UsageId id();

  /** When it happened, by the gateway's clock, clamped to at most 5 minutes after the append. */
  Instant occurredAt();
}
