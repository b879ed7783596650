package io.tokenmeter.query;

import io.tokenmeter.raw.Scope;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a window's usage is split by. */
public enum UsageGrouping {
  MODEL(null),
  BILLING_TYPE(null),
  METER(null),
  /** Kept only where the organisation's settings ask for it, as are those that follow. */
  PROJECT(Scope.PROJECT),
  USER(Scope.USER),
  API_KEY(Scope.API_KEY);

  private final @Nullable Scope scope;
  private final String wireName = name().toLowerCase(Locale.ROOT);

  UsageGrouping(@Nullable Scope scope) {
    this.scope = scope;
  }

  /** Who within the organisation; null for what is known of every charge. */
  @Nullable Scope scope() {
    return scope;
  }

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
