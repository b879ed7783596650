package io.tokenmeter.query;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which copy of an organisation's state may answer. */
public enum Copy {
  /** The one that is written: includes all that was processed, committed or not. */
  OWNER,
  /** Any that is at hand, a standby too: it holds what was committed, and may lag behind. */
  ANY;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** As it stands in the hop header. */
  String wireName() {
    return wireName;
  }

  static Optional<Copy> named(String wireName) {
    return Arrays.stream(values()).filter(copy -> copy.wireName.equals(wireName)).findFirst();
  }
}
