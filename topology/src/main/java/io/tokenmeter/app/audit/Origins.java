package io.tokenmeter.app.audit;

import io.tokenmeter.raw.Origin;
import org.jspecify.annotations.Nullable;

/** Places as the records name them. */
final class Origins {
  private Origins() {}

  static Origin of(io.tokenmeter.schema.Origin origin) {
    return new Origin(origin.getTopic(), origin.getPartition(), origin.getOffset());
  }

  static @Nullable Origin ofNullable(io.tokenmeter.schema.@Nullable Origin origin) {
    return origin == null ? null : of(origin);
  }
}
