package io.tokenmeter.measured.dialect;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a call went.
 *
 * @param provider in lower case; empty when the gateway didn't say
 * @param path without its query and without doubled slashes; empty when the gateway didn't say
 */
public record Route(String provider, String path) {
  public static Route of(@Nullable String provider, @Nullable String endpoint) {
    return new Route(
        provider == null ? "" : provider.toLowerCase(Locale.ROOT),
        endpoint == null ? "" : path(endpoint));
  }

  private static String path(String endpoint) {
    int query = endpoint.indexOf('?');
    String path = query < 0 ? endpoint : endpoint.substring(0, query);
    while (path.contains("//")) {
      path = path.replace("//", "/");
    }
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /** Whether the path ends with this, as in {@code /chat/completions}. */
  public boolean endsWith(String tail) {
    return path.endsWith(tail);
  }

  /** Whether the path has this in it, as in {@code /threads/}. */
  public boolean contains(String part) {
    return path.contains(part);
  }

  /**
   * What stands between two parts of the path, with percent escapes undone: the model in {@code
   * /model/…/converse}. Empty when the path has no such place.
   */
  public String between(String before, String behind) {
    int from = path.lastIndexOf(before);
    int to = from < 0 ? -1 : path.lastIndexOf(behind);
    if (from < 0 || to < from + before.length()) {
      return "";
    }
    return path.substring(from + before.length(), to).replace("%3A", ":").replace("%2F", "/");
  }

  public boolean isTo(String name) {
    return provider.equals(name);
  }

  /** What stands behind the last slash. */
  public String last() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
