package io.tokenmeter.deployment;

import java.util.Locale;

/** The names of settings in the environment. */
final class Settings {
  private static final String PREFIX = "TOKENMETER_";

  private Settings() {}

  /** {@code TOKENMETER_STATE_DIR} is {@code state.dir}. */
  static String key(String variable) {
    if (!variable.startsWith(PREFIX)) {
      throw new IllegalArgumentException(variable + " doesn't begin with " + PREFIX);
    }
    return variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '.');
  }
}
