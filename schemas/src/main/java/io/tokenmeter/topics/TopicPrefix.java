package io.tokenmeter.topics;

import java.util.regex.Pattern;

/**
 * What stands in front of every topic's name, so that installations share a cluster.
 *
 * @param value put there as it is, as in {@code acme.}; 0 to 100 letters, digits, dots, underscores
 *     and hyphens
 */
public record TopicPrefix(String value) {
  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._-]{0,100}");
  private static final TopicPrefix NONE = new TopicPrefix("");

  public TopicPrefix {
    if (!ALLOWED.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "The topic prefix '"
              + value
              + "' is not 0 to 100 letters, digits, dots, underscores and hyphens. Write it like"
              + " acme. with the dot.");
    }
  }

  public static TopicPrefix none() {
    return NONE;
  }
}
