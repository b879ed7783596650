package io.tokenmeter.query;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a window's usage is split by. */
public enum UsageGrouping {
  MODEL,
  BILLING_TYPE;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  String wireName() {
    return wireName;
  }

  static Optional<UsageGrouping> named(String wireName) {
    return Arrays.stream(values()).filter(g -> g.wireName.equals(wireName)).findFirst();
  }

  static String names() {
    return Arrays.stream(values()).map(UsageGrouping::wireName).collect(Collectors.joining(", "));
  }
}
