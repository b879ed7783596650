package io.tokenmeter.measured;

import io.tokenmeter.measured.dialect.Route;

/** Says what no dialect was found for. */
final class UnknownDialect {
  private static final int SHOWN = 80;

  private UnknownDialect() {}

  static String message(Route route) {
    return "no dialect speaks for provider \""
        + shown(route.provider())
        + "\" and path \""
        + shown(route.path())
        + "\", and the body's shape doesn't tell; set endpoint to the path of the provider's API";
  }

  private static String shown(String text) {
    String plain = text.replaceAll("[^\\x20-\\x7E]", "?").replace('"', '\'');
    return plain.length() <= SHOWN ? plain : plain.substring(0, SHOWN) + "…";
  }
}
