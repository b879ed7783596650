package io.tokenmeter.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageParametersTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void asksForTheLast31DaysWhenNothingIsGiven() {
    assertThat(parse())
        .isEqualTo(
            new UsageQuery(
                UsageWindow.DAY, Instant.parse("2026-01-29T12:00:00Z"), NOW, null, null, 500));
  }

  @Test
  void readsTimesWithAnyOffset() {
    UsageQuery query = parse("window=hour", "from=2026-03-01T00:00:00+05:30");

    assertThat(query.from()).isEqualTo(Instant.parse("2026-02-28T18:30:00Z"));
  }

  @Test
  void knowsNoTimeFinerThanAMillisecond() {
    UsageQuery query = parse("from=2026-03-01T00:00:00.0019Z", "to=2026-03-01T00:00:00.0029Z");

    assertThat(query.from()).isEqualTo("2026-03-01T00:00:00.001Z");
    assertThat(query.to()).isEqualTo("2026-03-01T00:00:00.002Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "window=week | window is \"week\"; allowed is one of hour, day, month",
        "by=day | by is \"day\"; allowed is one of model, billing_type, meter, project, user, api_key",
        "from=yesterday | time is \"yesterday\"; allowed is RFC 3339 from 1970 to 9999, as in 2026-01-31T00:00:00Z,"
            + " with + written as %2B in a URL",
        "to=+999999999-12-31T00:00:00Z | time is \"+999999999-12-31T00:00:00Z\"; allowed is RFC 3339"
            + " from 1970 to 9999, as in 2026-01-31T00:00:00Z, with + written as %2B in a URL",
        "limit=ten | limit is \"ten\"; allowed is a whole number from 1 to 1000",
        "limit=1001 | limit is 1001; 1 to 1000 is allowed",
        "limit=0 | limit is 0; 1 to 1000 is allowed",
        "after=x | after is \"x\"; allowed is what the next of the page before holds",
        "from=2026-03-01T12:00:00Z | from is 2026-03-01T12:00:00Z, which isn't before to,"
            + " 2026-03-01T12:00:00Z; set from to an earlier time",
        "org=x | parameter is \"org\"; allowed is one of after, by, from, limit, max_lag, to, window",
      })
  void refusesWhatIsNotAllowedAndSaysWhatIs(String parameter, String message) {
    assertThatThrownBy(() -> parse(parameter))
        .isInstanceOf(ProblemException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({"hour,2026-02-21T12:00:00Z,8", "day,2025-01-25T12:00:00Z,400"})
  void refusesMoreTimeThanAWindowAllows(String window, String from, int days) {
    assertThat(parse("window=" + window, "from=" + from).from()).isEqualTo(from);

    String earlier = Instant.parse(from).minusMillis(1).toString();
    assertThatThrownBy(() -> parse("window=" + window, "from=" + earlier))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.RANGE_TOO_LONG))
        .hasMessage(
            "from "
                + earlier
                + " to 2026-03-01T12:00:00Z is over "
                + days
                + " days, the most that window="
                + window
                + " allows; ask for a shorter range or a longer window");
  }

  @Test
  void refusesAParameterThatIsGivenTwice() {
    assertThatThrownBy(
            () -> UsageParameters.parse(Map.of("by", List.of("model", "billing_type")), NOW))
        .hasMessage("by is given 2 times; once is allowed");
  }

  @Test
  void doesNotRepeatAnEndlessValue() {
    assertThatThrownBy(() -> parse("window=" + "x".repeat(5000)))
        .hasMessage("window is \"" + "x".repeat(100) + "…\"; allowed is one of hour, day, month");
  }

  private static UsageQuery parse(String... parameters) {
    Map<String, List<String>> map = new LinkedHashMap<>();
    for (String parameter : parameters) {
      int equals = parameter.indexOf('=');
      map.put(parameter.substring(0, equals), List.of(parameter.substring(equals + 1)));
    }
    return UsageParameters.parse(map, NOW);
  }
}
