package io.tokenmeter.rated;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hours of the day in a zone, as in {@code 16:30-00:30 UTC}: from the first instant, up to but not
 * including the second, over midnight where the second is the earlier one.
 *
 * @param from first minute that belongs
 * @param until first minute that doesn't; never the same as {@code from}
 * @param zone whose clock
 */
record Hours(LocalTime from, LocalTime until, ZoneId zone) {
  private static final Pattern TEXT =
      Pattern.compile("([0-2][0-9]:[0-5][0-9])-([0-2][0-9]:[0-5][0-9]) (\\S+)");

  /** The hours that a text spells; empty when it spells none. */
  static Optional<Hours> named(String text) {
    Matcher found = TEXT.matcher(text);
    if (!found.matches() || found.group(1).equals(found.group(2))) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Hours(
              LocalTime.parse(found.group(1)),
              LocalTime.parse(found.group(2)),
              ZoneId.of(found.group(3))));
    } catch (DateTimeException notATime) {
      return Optional.empty();
    }
  }

  boolean contain(Instant instant) {
    LocalTime time = instant.atZone(zone).toLocalTime();
    boolean afterStart = !time.isBefore(from);
    boolean beforeEnd = time.isBefore(until);
    return from.isBefore(until) ? afterStart && beforeEnd : afterStart || beforeEnd;
  }

  /** Whether no instant is in both: told only of hours in one zone. */
  boolean apartFrom(Hours other) {
    return zone.equals(other.zone) && !holds(other.from) && !other.holds(from);
  }

  private boolean holds(LocalTime time) {
    return from.isBefore(until)
        ? !time.isBefore(from) && time.isBefore(until)
        : !time.isBefore(from) || time.isBefore(until);
  }
}
