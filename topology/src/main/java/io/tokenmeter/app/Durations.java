package io.tokenmeter.app;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * Durations in settings: a whole number and its unit, as in {@code 100ms}, {@code 15m}, {@code 7d}.
 *
 * @param least the shortest that is allowed
 * @param most the longest that is allowed
 */
record Durations(Duration least, Duration most) implements ConfigDef.Validator {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  static Durations between(String least, String most) {
    return new Durations(parse(least), parse(most));
  }

  /**
   * Reads a duration.
   *
   * @throws IllegalArgumentException when it isn't a whole number with a unit
   */
  static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a whole number with a unit");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  /** As it is written in settings, in the largest unit that divides it. */
  static String show(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 != 0 || millis == 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds % 60 != 0) {
      return seconds + "s";
    }
    if (seconds % 3600 != 0) {
      return seconds / 60 + "m";
    }
    return seconds % 86_400 == 0 ? seconds / 86_400 + "d" : seconds / 3600 + "h";
  }

  @Override
  public void ensureValid(String name, Object value) {
    try {
      Duration duration = parse(String.valueOf(value));
      if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
        return;
      }
    } catch (IllegalArgumentException e) {
      // Said below, with what is allowed.
    }
    throw new ConfigException(name, value, "allowed is " + this);
  }

  @Override
  public String toString() {
    return "a duration (ms, s, m, h, d), " + show(least) + " to " + show(most);
  }
}
