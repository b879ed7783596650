package io.tokenmeter.query;

import io.tokenmeter.query.access.Scope;
import io.tokenmeter.raw.OrgId;
import org.jspecify.annotations.Nullable;

/**
 * Whom a token is for.
 *
 * @param scope {@code organisation}, {@code gateway} or {@code operator}
 * @param org which organisation; null for the others
 */
record CallerView(String scope, @Nullable OrgId org) {
  static CallerView of(Scope scope) {
    if (scope instanceof Scope.Organisation own) {
      return new CallerView("organisation", own.org());
    }
    if (scope instanceof Scope.Gateway) {
      return new CallerView("gateway", null);
    }
    if (scope instanceof Scope.Operator) {
      return new CallerView("operator", null);
    }
    throw new IllegalStateException("nobody came through a door that asks for a token");
  }
}
