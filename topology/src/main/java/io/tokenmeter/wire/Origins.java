package io.tokenmeter.wire;

import io.tokenmeter.raw.Origin;
import org.jspecify.annotations.Nullable;

/** Where a raw record stood, to and from the wire. */
final class Origins {
  private Origins() {}

  static io.tokenmeter.schema.@Nullable Origin encodeNullable(@Nullable Origin origin) {
    return origin == null ? null : encode(origin);
  }

  static io.tokenmeter.schema.Origin encode(Origin origin) {
    return new io.tokenmeter.schema.Origin(origin.topic(), origin.partition(), origin.offset());
  }

  static Origin decode(io.tokenmeter.schema.Origin record) {
    return new Origin(record.getTopic(), record.getPartition(), record.getOffset());
  }
}
