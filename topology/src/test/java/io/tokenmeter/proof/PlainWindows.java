package io.tokenmeter.proof;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/** Usage by hour, day and month of UTC and by model, as it should be. */
final class PlainWindows {
  private static final class Totals {
    long charges;
    BigDecimal amount = BigDecimal.ZERO;
    long corrections;
    BigDecimal corrected = BigDecimal.ZERO;
    final Map<String, BigDecimal> quantities = new TreeMap<>();
  }

  private final Duration stayOpen;
  private final Map<String, Map<String, Totals>> byWindow = new TreeMap<>();

  PlainWindows(Duration stayOpen) {
    this.stayOpen = stayOpen;
    byWindow.put("hour", new TreeMap<>());
    byWindow.put("day", new TreeMap<>());
    byWindow.put("month", new TreeMap<>());
  }

  void add(PlainAccount.Amounts used, Instant occurred, Instant now) {
    byWindow.forEach(
        (window, rows) -> {
          ZonedDateTime begin = begin(window, occurred);
          boolean closed = !end(window, begin).toInstant().plus(stayOpen).isAfter(now);
          if (closed) {
            begin = begin(window, now);
          }
          String key = begin.toInstant() + " " + used.tariff().model();
          Totals totals = rows.computeIfAbsent(key, any -> new Totals());
          BigDecimal amount = used.amount();
          totals.charges++;
          totals.amount = totals.amount.add(amount);
          boolean elsewhere =
              occurred.isBefore(begin.toInstant())
                  || !occurred.isBefore(end(window, begin).toInstant());
          if (elsewhere) {
            totals.corrections++;
            totals.corrected = totals.corrected.add(amount);
          }
          quantity(totals, "input_tokens", used.input());
          quantity(totals, "cached_input_tokens", used.cached());
          quantity(totals, "output_tokens", used.output());
          quantity(totals, "requests", used.requests());
        });
  }

  private static void quantity(Totals totals, String meter, long used) {
    if (used > 0) {
      totals.quantities.merge(meter, BigDecimal.valueOf(used), BigDecimal::add);
    }
  }

  private static ZonedDateTime begin(String window, Instant instant) {
    ZonedDateTime time = instant.atZone(ZoneOffset.UTC);
    return switch (window) {
      case "hour" -> time.truncatedTo(ChronoUnit.HOURS);
      case "day" -> time.truncatedTo(ChronoUnit.DAYS);
      default -> time.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
    };
  }

  private static ZonedDateTime end(String window, ZonedDateTime begin) {
    return switch (window) {
      case "hour" -> begin.plusHours(1);
      case "day" -> begin.plusDays(1);
      default -> begin.plusMonths(1);
    };
  }

  /** The rows of hour, day or month: what each says, by its start and model. */
  Map<String, String> rows(String window) {
    Map<String, String> rows = new TreeMap<>();
    byWindow
        .get(window)
        .forEach(
            (key, totals) ->
                rows.put(
                    key,
                    Lines.window(
                        totals.charges,
                        totals.amount,
                        totals.corrections,
                        totals.corrected,
                        totals.quantities)));
    return rows;
  }
}
