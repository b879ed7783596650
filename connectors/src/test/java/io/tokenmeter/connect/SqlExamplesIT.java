package io.tokenmeter.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Single rows through the shipped view and the page's example, on a real PostgreSQL. */
class SqlExamplesIT {
  private static final Pattern CSV = Pattern.compile("```csv\n(.*?)```", Pattern.DOTALL);
  private static final Pattern ANSWER = Pattern.compile("\n( provider \\|.*?)```", Pattern.DOTALL);

  private static Warehouse warehouse;

  @BeforeAll
  static void open() throws IOException, SQLException {
    warehouse = Warehouse.open();
    warehouse.prepareQueries();
  }

  @AfterEach
  void empty() throws SQLException {
    warehouse.execute("TRUNCATE charges, billed_usage, provider_invoice");
  }

  @AfterAll
  static void close() throws IOException, SQLException {
    warehouse.close();
  }

  @Test
  void the_page_shows_what_an_invoice_comes_to() throws IOException, SQLException {
    String page = Files.readString(Path.of("README.md"));
    Matcher csv = CSV.matcher(page);
    Matcher answer = ANSWER.matcher(page);
    assertThat(csv.find()).isTrue();
    assertThat(answer.find()).isTrue();
    metered("req-1", "PLATFORM", "1843200", "402077");
    metered("req-2", "PLATFORM", "4", "0");
    metered("req-3", "OWN", "500", "500");

    warehouse.copy("provider_invoice", csv.group(1));

    List<List<String>> shown =
        answer
            .group(1)
            .lines()
            .filter(line -> !line.startsWith("---"))
            .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
            .toList();
    List<Map<String, @Nullable Object>> rows = warehouse.shipped("reconciliation");
    List<List<String>> expected = new ArrayList<>();
    expected.add(List.copyOf(rows.get(0).keySet()));
    rows.forEach(row -> expected.add(row.values().stream().map(SqlExamplesIT::plain).toList()));
    assertThat(shown).isEqualTo(expected);
  }

  @Test
  void a_price_below_the_books_is_the_contracted_one_and_prepaid_use_is_on_no_invoice()
      throws SQLException {
    charge("1500, 0.3, 1000, 0.45, 0.4", "credit", "2026-10-05 10:20:30", "2026-10-05 10:20:31");

    Map<String, @Nullable Object> row = focus();
    assertThat(row)
        .containsEntry("PricingCurrency", "credit")
        .containsEntry("BillingCurrency", "USD")
        .containsEntry("PricingUnit", "1000 Tokens")
        .containsEntry("ConsumedUnit", "Tokens")
        .containsEntry("SkuId", "gpt-4.1/input_tokens")
        .containsEntry("SkuPriceId", "gpt-4.1/input_tokens#key_mode=PLATFORM")
        .containsEntry("ChargePeriodStart", time("2026-10-05T10:00"))
        .containsEntry("ChargePeriodEnd", time("2026-10-05T11:00"));
    assertAmounts(
        row,
        Map.of(
            "BilledCost", "0",
            "EffectiveCost", "0.0045",
            "ContractedCost", "0.0045",
            "ContractedUnitPrice", "0.003",
            "ListCost", "0.006",
            "ListUnitPrice", "0.004",
            "PricingQuantity", "1.5",
            "ConsumedQuantity", "1500",
            "PricingCurrencyEffectiveCost", "0.45",
            "PricingCurrencyListUnitPrice", "0.4"));
  }

  @Test
  void use_that_is_paid_for_afterwards_is_billed() throws SQLException {
    charge("1500, 0.3, 1000, 0.45, NULL", "USD", "2026-10-05 10:20:30", "2026-10-05 10:20:31");

    assertAmounts(
        focus(), Map.of("BilledCost", "0.45", "EffectiveCost", "0.45", "ListCost", "0.45"));
  }

  @Test
  void usage_is_on_the_invoice_of_its_month_until_that_is_made() throws SQLException {
    charge("1, 1, 1, 1, NULL", "USD", "2026-10-31 23:59:59.999", "2026-11-03 23:59:59.999");

    assertThat(focus())
        .containsEntry("BillingPeriodStart", time("2026-10-01T00:00"))
        .containsEntry("BillingPeriodEnd", time("2026-11-01T00:00"))
        .containsEntry("ChargeClass", null);
  }

  @Test
  void usage_that_is_billed_after_that_corrects_the_invoice_of_the_month_it_is_billed_in()
      throws SQLException {
    charge("1, 1, 1, 1, NULL", "USD", "2026-10-31 23:59:59.999", "2026-11-04 00:00:00");

    assertThat(focus())
        .containsEntry("BillingPeriodStart", time("2026-11-01T00:00"))
        .containsEntry("ChargePeriodStart", time("2026-10-31T23:00"))
        .containsEntry("ChargeClass", "Correction");
  }

  /** The one row of the view. */
  private static Map<String, @Nullable Object> focus() throws SQLException {
    List<Map<String, @Nullable Object>> rows = warehouse.rows("SELECT * FROM focus");
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  private static void assertAmounts(
      Map<String, @Nullable Object> row, Map<String, String> expected) {
    expected.forEach(
        (name, amount) ->
            assertThat((BigDecimal) row.get(name)).as(name).isEqualByComparingTo(amount));
  }

  /**
   * A line.
   *
   * @param numbers quantity, price, per, amount and base_price
   */
  private static void charge(String numbers, String unit, String occurredAt, String billedAt)
      throws SQLException {
    warehouse.execute(
        "INSERT INTO charges (usage_id, line, org_id, sequence, operation, model, priced_model,"
            + " key_mode, billing_type, meter, rate_meter, rule, quantity, price, per, amount,"
            + " base_price, unit, provenance, book, outcome, occurred_at, billed_at) VALUES ('u', 1,"
            + " 'acme', 1, 'chat', 'gpt-4.1', 'gpt-4.1', 'PLATFORM', 'chat', 'input_tokens',"
            + " 'input_tokens', 'key_mode=PLATFORM', %s, '%s', 'REPORTED', 'b', 'OK', '%s', '%s')"
                .formatted(numbers, unit, occurredAt, billedAt));
  }

  private static void metered(String id, String keyMode, String input, String output)
      throws SQLException {
    warehouse.execute(
        "INSERT INTO billed_usage (usage_id, org_id, sequence, operation, provider, model,"
            + " response_model, key_mode, billing_type, occurred_at, billed_at, outcome, flags,"
            + " readings, lines, amount, unit, book, balance_before, balance_after, grants_drawn,"
            + " debt, attributes) VALUES ('%s', 'acme', 1, 'chat', 'openai', 'gpt-4.1',"
                .formatted(id)
            + " 'gpt-4.1-2025-04-14', '%s', 'chat', '2026-11-28 10:00', '2026-11-28 10:00', 'OK',"
                .formatted(keyMode)
            + " '[]', '[{\"meter\":\"input_tokens\",\"reported\":\"%s\"},{\"meter\":\"output_tokens\",\"reported\":\"%s\"},{\"meter\":\"requests\",\"counted\":\"1\"}]',"
                .formatted(input, output)
            + " '[]', 1, 'credit', 'b', 1, 0, '[]', 0, '{}')");
  }

  private static Timestamp time(String utc) {
    return Timestamp.valueOf(LocalDateTime.parse(utc));
  }

  private static String plain(@Nullable Object value) {
    if (value instanceof BigDecimal exact) {
      return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
    }
    return String.valueOf(value);
  }
}
