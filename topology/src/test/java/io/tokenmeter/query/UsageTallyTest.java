package io.tokenmeter.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tokenmeter.ledger.WindowTotals;
import io.tokenmeter.measured.Meter;
import io.tokenmeter.rated.Amount;
import io.tokenmeter.raw.OrgId;
import io.tokenmeter.raw.Quantity;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UsageTallyTest {
  private static final Instant FROM = Instant.parse("2026-03-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2026-03-09T00:00:00Z");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void addsUpExactlyWhatIsInAGroup() {
    UsageTally tally = new UsageTally(query(UsageWindow.HOUR, UsageGrouping.MODEL, null), BERLIN);
    tally.add(FROM, "m", totals(1, "0.1", Meter.INPUT_TOKENS, 3));
    tally.add(FROM, "m", totals(2, "0.2", Meter.OUTPUT_TOKENS, 4));
    tally.add(
        FROM, "n", new WindowTotals(5, Amount.of("1"), 2, Amount.of("0.5"), Map.of(), Map.of()));

    assertThat(tally.rows())
        .containsExactly(
            new UsageRow(
                FROM,
                FROM.plusSeconds(3600),
                "m",
                null,
                null,
                null,
                null,
                null,
                3L,
                Amount.of("0.3"),
                2L,
                Amount.of("0.2"),
                Map.of("input_tokens", Quantity.of(3), "output_tokens", Quantity.of(4)),
                Map.of("input_tokens", Amount.of("0.1"), "output_tokens", Amount.of("0.2"))),
            new UsageRow(
                FROM,
                FROM.plusSeconds(3600),
                "n",
                null,
                null,
                null,
                null,
                null,
                5L,
                Amount.of("1"),
                2L,
                Amount.of("0.5"),
                Map.of(),
                Map.of()));
  }

  @Test
  void splitsByMeterWhatIsStoredByModelAndLosesNothing() {
    UsageTally tally = new UsageTally(query(UsageWindow.HOUR, UsageGrouping.METER, null), BERLIN);
    tally.add(
        FROM,
        "",
        new WindowTotals(
            1,
            Amount.of("0.3"),
            1,
            Amount.of("0.3"),
            Map.of(Meter.INPUT_TOKENS, Quantity.of(3), Meter.REASONING_TOKENS, Quantity.of(9)),
            Map.of(Meter.INPUT_TOKENS, Amount.of("0.1"), Meter.REQUESTS, Amount.of("0.2"))));
    tally.add(FROM, "", totals(2, "0.000000000001", Meter.INPUT_TOKENS, 4));

    assertThat(tally.rows())
        .extracting(UsageRow::meter, UsageRow::amount, UsageRow::quantities, UsageRow::charges)
        .containsExactly(
            tuple(
                "input_tokens",
                Amount.of("0.100000000001"),
                Map.of("input_tokens", Quantity.of(7)),
                null),
            tuple(
                "reasoning_tokens", Amount.ZERO, Map.of("reasoning_tokens", Quantity.of(9)), null),
            tuple("requests", Amount.of("0.2"), Map.of(), null));
  }

  @Test
  void endsADayAndAMonthWhereTheZoneEndsThem() {
    Instant shortDay = Instant.parse("2026-03-28T23:00:00Z");

    assertThat(UsageWindow.DAY.end(shortDay, BERLIN)).isEqualTo("2026-03-29T22:00:00Z");
    assertThat(UsageWindow.MONTH.end(Instant.parse("2026-02-28T23:00:00Z"), BERLIN))
        .isEqualTo("2026-03-31T22:00:00Z");
  }

  @Test
  void pagesShowEveryRowOnceWhateverTheGroupsAreCalled() {
    List<String> models = List.of("", "a,b", "a&b=c", "m+ 1", "ü", "z%2C");
    List<UsageRow> shown = new ArrayList<>();
    UsageQuery query = query(UsageWindow.DAY, UsageGrouping.MODEL, null);
    UsageView page = page(models, query);
    while (page.next() != null) {
      assertThat(page.rows()).hasSize(2);
      shown.addAll(page.rows());
      page = page(models, UsageParameters.parse(parameters(page.next()), TO));
    }
    shown.addAll(page.rows());

    assertThat(shown).isEqualTo(tally(models, query).rows()).hasSize(12);
  }

  @Test
  void refusesToSumUpWithoutEnd() {
    UsageTally tally = new UsageTally(query(UsageWindow.HOUR, null, null), BERLIN);
    for (int i = 0; i < UsageTally.MAX_TOTALS; i++) {
      tally.add(FROM, "m", WindowTotals.NOTHING);
    }

    assertThatThrownBy(() -> tally.add(FROM, "m", WindowTotals.NOTHING))
        .hasMessage(
            "the range holds over 100000 totals, the most that one answer sums up; ask for a"
                + " shorter range");
  }

  private static WindowTotals totals(long requests, String amount, Meter meter, long quantity) {
    return new WindowTotals(
        requests,
        Amount.of(amount),
        1,
        Amount.of("0.1"),
        Map.of(meter, Quantity.of(quantity)),
        Map.of(meter, Amount.of(amount)));
  }

  private static UsageView page(List<String> models, UsageQuery query) {
    return UsageView.page(
        new OrgId("acme & co"), "credit", BERLIN, query, tally(models, query).rows(), 1, TO);
  }

  private static UsageTally tally(List<String> models, UsageQuery query) {
    UsageTally tally = new UsageTally(query, BERLIN);
    for (Instant start : List.of(FROM.plusSeconds(86_400), FROM)) {
      for (String model : models) {
        tally.add(
            start, model, new WindowTotals(1, Amount.of("1"), 0, Amount.ZERO, Map.of(), Map.of()));
      }
    }
    return tally;
  }

  private static UsageQuery query(
      UsageWindow window, @Nullable UsageGrouping by, UsageQuery.@Nullable Row after) {
    return new UsageQuery(window, FROM, TO, by, after, 2);
  }

  private static Map<String, List<String>> parameters(String next) {
    assertThat(next).startsWith("/v1/orgs/acme%20%26%20co/usage?");
    return Arrays.stream(next.substring(next.indexOf('?') + 1).split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0],
                pair -> List.of(URLDecoder.decode(pair[1], StandardCharsets.UTF_8))));
  }
}
