package io.tokenmeter.wire;

import io.tokenmeter.raw.Scope;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The three optional fields that say who within an organisation made a call. */
final class Callers {
  private Callers() {}

  static Map<Scope, String> of(
      @Nullable String project, @Nullable String user, @Nullable String apiKey) {
    Map<Scope, String> caller = new EnumMap<>(Scope.class);
    put(caller, Scope.PROJECT, project);
    put(caller, Scope.USER, user);
    put(caller, Scope.API_KEY, apiKey);
    return caller;
  }

  private static void put(Map<Scope, String> caller, Scope scope, @Nullable String id) {
    if (id != null && !id.isEmpty()) {
      caller.put(scope, id);
    }
  }
}
