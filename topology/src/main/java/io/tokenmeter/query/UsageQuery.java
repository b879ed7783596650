package io.tokenmeter.query;

import io.tokenmeter.raw.OrgId;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which usage is asked for: the windows that begin at or after {@code from} and before {@code to}.
 *
 * @param window how long the windows are
 * @param from inclusive
 * @param to exclusive, after {@code from}
 * @param by what the windows are split by; null when they aren't
 * @param after the last row of the page before; null on the first page
 * @param limit rows a page, 1 to 1,000
 */
public record UsageQuery(
    UsageWindow window,
    Instant from,
    Instant to,
    @Nullable UsageGrouping by,
    @Nullable Row after,
    int limit) {
  static final int MAX_LIMIT = 1_000;

  /**
   * Names a row.
   *
   * @param start of its window
   * @param group the model, billing type, meter or caller; empty when not split, or without one
   */
  record Row(Instant start, String group) implements Comparable<Row> {
    @Override
    public int compareTo(Row other) {
      int byStart = start.compareTo(other.start);
      return byStart != 0 ? byStart : group.compareTo(other.group);
    }

    @Override
    public String toString() {
      return start + "," + group;
    }
  }

  /**
   * @throws ProblemException when the range is empty or too long, or the limit out of range
   */
  public UsageQuery {
    if (!from.isBefore(to)) {
      throw new ProblemException(
          ProblemCode.INVALID_PARAMETER,
          "from is " + from + ", which isn't before to, " + to + "; set from to an earlier time");
    }
    if (from.plus(window.longestRange()).isBefore(to)) {
      throw new ProblemException(
          ProblemCode.RANGE_TOO_LONG,
          "from "
              + from
              + " to "
              + to
              + " is over "
              + window.longestRange().toDays()
              + " days, the most that window="
              + window.wireName()
              + " allows; ask for a shorter range or a longer window");
    }
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new ProblemException(
          ProblemCode.INVALID_PARAMETER,
          "limit is " + limit + "; 1 to " + MAX_LIMIT + " is allowed");
    }
  }

  /** Whether a row comes after the page before. */
  boolean isWanted(UsageRow row) {
    return after == null || name(row).compareTo(after) > 0;
  }

  /** Where the page after the given row is. */
  String nextPath(OrgId org, UsageRow last) {
    return Paths.org(org)
        + "/usage?window="
        + window.wireName()
        + "&from="
        + Paths.parameter(from.toString())
        + "&to="
        + Paths.parameter(to.toString())
        + (by == null ? "" : "&by=" + by.wireName())
        + "&limit="
        + limit
        + "&after="
        + Paths.parameter(name(last).toString());
  }

  private Row name(UsageRow row) {
    return new Row(row.start(), by == null ? "" : Objects.requireNonNullElse(group(row, by), ""));
  }

  private static @Nullable String group(UsageRow row, UsageGrouping by) {
    return switch (by) {
      case MODEL -> row.model();
      case BILLING_TYPE -> row.billingType();
      case METER -> row.meter();
      case PROJECT -> row.project();
      case USER -> row.user();
      case API_KEY -> row.apiKey();
    };
  }
}
