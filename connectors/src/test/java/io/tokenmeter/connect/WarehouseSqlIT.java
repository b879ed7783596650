package io.tokenmeter.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.app.DemoRun;
import io.tokenmeter.app.LocalPlatform;
import io.tokenmeter.app.TokenmeterConfig;
import io.tokenmeter.app.demo.DemoTraffic;
import io.tokenmeter.schema.BilledReading;
import io.tokenmeter.schema.BilledUsage;
import io.tokenmeter.schema.ChargeLine;
import io.tokenmeter.schema.KeyMode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped tables, views and queries over what the real pipeline billed, as the shipped sinks
 * loaded it.
 */
class WarehouseSqlIT {
  private static final int EXCHANGES = 400;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static Warehouse warehouse;
  private static List<ChargeLine> charges;
  private static List<BilledUsage> billed;
  private static List<Map<String, @Nullable Object>> older;

  @BeforeAll
  static void load(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
    warehouse = Warehouse.open();
    try (LocalPlatform platform =
        LocalPlatform.start(
            LocalPlatform.Plan.demo(directory.resolve("platform"), TokenmeterConfig.of(Map.of())),
            step -> {})) {
      TokenmeterConfig config = platform.config();
      try (DemoRun run = new DemoRun(config, new Unwatched(), () -> false)) {
        run.send(new DemoTraffic(7), EXCHANGES, EXCHANGES);
        assertThat(run.drain().passed()).isTrue();
      }
      try (PlatformTopics topics = new PlatformTopics(config)) {
        topics.publish("usage.billed", "acme", withCost("costs-1", "3", "0.02"));
        topics.publish("usage.billed", "acme", withCost("costs-2", "1", "0.012"));
        topics.publish("ledger.balances", "gone", Others.balance("gone", 1));
        topics.publish("ledger.balances", "gone", null);
        makeOlder();
        charges = topics.read("usage.charges", ChargeLine.class);
        billed = topics.read("usage.billed", BilledUsage.class);
        try (ConnectWorker worker =
            new ConnectWorker(
                Files.createDirectory(directory.resolve("worker")),
                config.bootstrapServers(),
                List.of(Path.of("target/postgresql-sink"), Path.of("target/plugins")),
                Stream.of(Landed.values()).map(one -> Path.of("postgresql", one.file())).toList(),
                Map.of(),
                warehouse.environment(config.schemaRegistryUrl()))) {
          worker.start();
          await(worker, "charges WHERE org_id <> 'older'", charges.size());
          await(worker, "billed_usage", billed.size());
          await(worker, "events", topics.events());
          await(worker, "balances", topics.organisations());
        }
      }
    }
    older = warehouse.rows("SELECT * FROM charges WHERE org_id = 'older'");
    warehouse.execute("DELETE FROM charges WHERE org_id = 'older'");
    warehouse.prepareQueries();
  }

  /** A table of a release whose charges had less, with a row in it. */
  private static void makeOlder() throws SQLException {
    warehouse.execute(
        "INSERT INTO charges (usage_id, line, org_id, sequence, operation, key_mode, billing_type,"
            + " meter, rate_meter, quantity, price, per, amount, unit, provenance, book, outcome,"
            + " occurred_at, billed_at) VALUES ('u', 1, 'older', 1, 'chat', 'PLATFORM', 'chat',"
            + " 'input_tokens', 'input_tokens', 1, 1, 1, 1, 'credit', 'REPORTED', 'gptbots', 'OK',"
            + " '2026-01-01', '2026-01-01')");
    warehouse.execute("ALTER TABLE charges DROP COLUMN adjustment, DROP COLUMN month_to_date");
  }

  @AfterAll
  static void close() throws SQLException, IOException {
    warehouse.close();
  }

  @Test
  void every_charge_is_there_to_the_last_digit() throws SQLException {
    Map<String, BigDecimal> expected = new TreeMap<>();
    charges.forEach(line -> expected.merge(line.getOrgId(), line.getAmount(), BigDecimal::add));

    assertThat(expected).hasSizeGreaterThan(4);
    assertThat(amounts("SELECT org_id AS key, sum(amount) AS amount FROM charges GROUP BY org_id"))
        .isEqualTo(expected);
    assertThat(
            warehouse.rows(
                "SELECT usage_id FROM billed_usage b WHERE org_id <> 'acme' AND amount <> (SELECT"
                    + " coalesce(sum(amount), 0) FROM charges c WHERE c.org_id = b.org_id AND"
                    + " c.usage_id = b.usage_id)"))
        .isEmpty();
    System.out.println(
        charges.size() + " lines of the real ledger in PostgreSQL, by organisation " + expected);
  }

  @Test
  void a_table_gains_the_columns_that_a_newer_release_has() throws SQLException {
    assertThat(older)
        .singleElement()
        .satisfies(
            row ->
                assertThat(row)
                    .containsEntry("adjustment", "")
                    .containsEntry("month_to_date", null));
    assertThat(warehouse.count("charges WHERE adjustment IS NULL")).isZero();
  }

  @Test
  void a_balance_is_what_the_charges_left_and_one_that_is_gone_is_gone() throws SQLException {
    assertThat(
            warehouse.rows(
                "SELECT org_id FROM balances b WHERE billed <> (SELECT coalesce(sum(amount), 0)"
                    + " FROM charges c WHERE c.org_id = b.org_id)"))
        .isEmpty();
    assertThat(warehouse.rows("SELECT org_id FROM balances WHERE org_id = 'gone'")).isEmpty();
  }

  @Test
  void events_of_both_kinds_are_in_one_table() throws SQLException {
    assertThat(
            warehouse.rows(
                "SELECT count(threshold) AS low, count(quota_limit) AS quota, count(*) AS all"
                    + " FROM events"))
        .singleElement()
        .satisfies(
            row -> {
              assertThat((Long) row.get("low")).isPositive();
              assertThat((Long) row.get("quota")).isPositive();
              assertThat((Long) row.get("low") + (Long) row.get("quota")).isEqualTo(row.get("all"));
            });
  }

  @Test
  void spend_by_organisation_and_month_adds_up() throws IOException, SQLException {
    Map<String, BigDecimal> expected = new TreeMap<>();
    charges.forEach(
        line ->
            expected.merge(
                line.getOrgId() + " " + month(line) + " " + line.getUnit(),
                line.getAmount(),
                BigDecimal::add));

    assertThat(
            warehouse.shipped("spend-by-organisation-and-month").stream()
                .collect(
                    Collectors.toMap(
                        row -> row.get("org_id") + " " + row.get("month") + " " + row.get("unit"),
                        row -> (BigDecimal) row.get("spent"))))
        .isEqualTo(expected);
  }

  @Test
  void spend_by_billing_type_adds_up() throws IOException, SQLException {
    Map<String, BigDecimal> expected = new TreeMap<>();
    charges.forEach(
        line ->
            expected.merge(
                month(line) + " " + line.getUnit() + " " + line.getBillingType(),
                line.getAmount(),
                BigDecimal::add));

    List<Map<String, @Nullable Object>> rows = warehouse.shipped("spend-by-billing-type");
    assertThat(
            rows.stream()
                .collect(
                    Collectors.toMap(
                        row ->
                            row.get("month")
                                + " "
                                + row.get("unit")
                                + " "
                                + row.get("billing_type"),
                        row -> (BigDecimal) row.get("spent"))))
        .isEqualTo(expected);
  }

  @Test
  void margin_is_what_is_left_of_the_revenue_where_a_cost_is_known()
      throws IOException, SQLException {
    assertThat(warehouse.shipped("margin"))
        .filteredOn(row -> "gpt-4.1".equals(row.get("model")) && !row.get("known").equals(0L))
        .filteredOn(
            row -> ((Date) row.get("month")).toLocalDate().isEqual(LocalDate.of(2026, 3, 1)))
        .singleElement()
        .satisfies(
            row -> {
              // 3 and 1 credit at 0.01 USD each, bought for 0.02 and 0.012 USD.
              assertThat((BigDecimal) row.get("revenue")).isEqualByComparingTo("0.04");
              assertThat((BigDecimal) row.get("cost")).isEqualByComparingTo("0.032");
              assertThat((BigDecimal) row.get("margin")).isEqualByComparingTo("0.008");
              assertThat((BigDecimal) row.get("percent")).isEqualByComparingTo("20");
              assertThat(row).containsEntry("currency", "USD").containsEntry("known", 2L);
            });
  }

  @Test
  void drift_is_what_was_reported_beside_what_was_counted() throws IOException, SQLException {
    Map<String, List<BigDecimal>> expected = new TreeMap<>();
    for (BilledUsage usage : billed) {
      for (BilledReading reading : usage.getReadings()) {
        if (reading.getReported() != null && reading.getCounted() != null) {
          expected.merge(
              usage.getProvider() + " " + model(usage) + " " + reading.getMeter(),
              List.of(reading.getReported(), reading.getCounted()),
              (a, b) -> List.of(a.get(0).add(b.get(0)), a.get(1).add(b.get(1))));
        }
      }
    }

    List<Map<String, @Nullable Object>> rows = warehouse.shipped("drift");
    assertThat(rows).hasSameSizeAs(expected.keySet()).isNotEmpty();
    for (Map<String, @Nullable Object> row : rows) {
      List<BigDecimal> sums =
          expected.get(row.get("provider") + " " + row.get("model") + " " + row.get("meter"));
      assertThat((BigDecimal) row.get("reported")).isEqualByComparingTo(sums.get(0));
      assertThat((BigDecimal) row.get("counted")).isEqualByComparingTo(sums.get(1));
      assertThat((BigDecimal) row.get("difference"))
          .isEqualByComparingTo(sums.get(0).subtract(sums.get(1)));
    }
  }

  @Test
  void an_invoice_is_told_apart_from_what_was_metered() throws IOException, SQLException {
    List<String> metered = new ArrayList<>();
    for (Map<String, @Nullable Object> row : metered("openai")) {
      metered.add(
          "openai,in-1,%s,%s,%s,%s,1.5,USD"
              .formatted(row.get("day"), row.get("model"), row.get("meter"), row.get("quantity")));
    }
    assertThat(metered).hasSizeGreaterThan(2);
    String day = metered.get(0).split(",", -1)[2];
    String missing = metered.remove(0).split(",", -1)[4];
    // Of the second line the provider wants 7 more, and one line nobody here ever used.
    String[] more = metered.remove(0).split(",", -1);
    more[5] = new BigDecimal(more[5]).add(BigDecimal.valueOf(7)).toPlainString();
    metered.add(String.join(",", more));
    metered.add("openai,in-1," + day + ",gpt-0,input_tokens,10,0.1,USD");

    warehouse.copy(
        "provider_invoice (provider, invoice_id, day, model, meter, quantity, cost, currency)",
        "provider,invoice_id,day,model,meter,quantity,cost,currency\n"
            + String.join("\n", metered)
            + "\n");
    List<Map<String, @Nullable Object>> differences =
        warehouse.shipped("reconciliation").stream()
            .filter(row -> ((BigDecimal) row.get("difference")).signum() != 0)
            .toList();

    assertThat(differences).hasSize(3);
    assertThat(differences)
        .anySatisfy(
            row -> assertThat(row).containsEntry("meter", missing).containsEntry("invoiced", null))
        .anySatisfy(
            row -> {
              assertThat(row).containsEntry("model", more[3]).containsEntry("meter", more[4]);
              assertThat((BigDecimal) row.get("difference")).isEqualByComparingTo("7");
            })
        .anySatisfy(
            row -> {
              assertThat(row).containsEntry("model", "gpt-0").containsEntry("metered", null);
              assertThat((BigDecimal) row.get("difference")).isEqualByComparingTo("10");
            });
  }

  @Test
  void focus_has_every_column_as_the_specification_wants_it() throws IOException, SQLException {
    Map<String, String> types = new TreeMap<>();
    for (Map<String, @Nullable Object> row :
        warehouse.rows(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name ="
                + " 'focus'")) {
      types.put((String) row.get("column_name"), (String) row.get("data_type"));
    }
    List<FocusColumn> specified = FocusColumn.all();

    assertThat(specified.stream().filter(FocusColumn::isMandatory)).hasSize(21);
    assertThat(types.keySet())
        .containsAll(
            specified.stream().filter(FocusColumn::isMandatory).map(FocusColumn::name).toList());
    assertThat(types.keySet())
        .allSatisfy(
            name ->
                assertThat(name.startsWith("x_") || specified.stream().anyMatch(c -> c.is(name)))
                    .as(name)
                    .isTrue());
    for (FocusColumn column : specified) {
      String type = types.get(column.name());
      if (type != null) {
        assertThat(type).as(column.name()).isIn(column.sqlTypes());
        if (!column.allowsNulls()) {
          assertThat(warehouse.count("focus WHERE \"" + column.name() + "\" IS NULL"))
              .as(column.name())
              .isZero();
        }
      }
    }
    assertThat(warehouse.count("focus")).isEqualTo(charges.size());
  }

  @Test
  void focus_costs_are_the_charges_and_follow_from_quantity_and_price() throws SQLException {
    Map<String, BigDecimal> expected = new TreeMap<>();
    charges.forEach(line -> expected.merge(line.getUnit(), line.getAmount(), BigDecimal::add));

    assertThat(
            amounts(
                "SELECT \"PricingCurrency\" AS key, sum(\"PricingCurrencyEffectiveCost\") AS amount"
                    + " FROM focus GROUP BY 1"))
        .isEqualTo(expected);
    assertThat(
            warehouse.rows(
                "SELECT \"PricingCurrency\", \"BillingCurrency\", sum(\"EffectiveCost\") AS cost"
                    + " FROM focus GROUP BY 1, 2"))
        .allSatisfy(
            row -> {
              assertThat(row).containsEntry("BillingCurrency", "USD");
              BigDecimal price =
                  row.get("PricingCurrency").equals("credit") ? cents(1) : cents(100);
              assertThat((BigDecimal) row.get("cost"))
                  .isEqualByComparingTo(
                      expected.get((String) row.get("PricingCurrency")).multiply(price));
            });
    assertThat(
            warehouse.rows(
                "SELECT * FROM focus WHERE abs(\"ContractedUnitPrice\" * \"PricingQuantity\" -"
                    + " \"ContractedCost\") > 0.000000000001 OR abs(\"ListUnitPrice\" *"
                    + " \"PricingQuantity\" - \"ListCost\") > 0.000000000001"))
        .isEmpty();
    assertThat(
            warehouse.rows(
                "SELECT * FROM focus WHERE \"BilledCost\" <> CASE \"PricingCurrency\" WHEN 'credit'"
                    + " THEN 0 ELSE \"EffectiveCost\" END"))
        .isEmpty();
    assertThat(
            warehouse.rows(
                "SELECT \"SkuPriceId\" FROM focus GROUP BY 1 HAVING count(DISTINCT \"SkuId\") > 1"))
        .isEmpty();
  }

  @Test
  void a_unit_without_a_price_is_found_and_leaves_nothing_out() throws IOException, SQLException {
    assertThat(warehouse.shipped("units-missing")).isEmpty();
    warehouse.execute("BEGIN");
    try {
      warehouse.execute("DELETE FROM units WHERE unit = 'credit'");

      assertThat(warehouse.shipped("units-missing"))
          .singleElement()
          .satisfies(row -> assertThat(row).containsEntry("unit", "credit"));
      assertThat(warehouse.count("focus")).isEqualTo(charges.size());
    } finally {
      warehouse.execute("ROLLBACK");
    }
  }

  private static List<Map<String, @Nullable Object>> metered(String provider) throws SQLException {
    return warehouse.rows(
        "SELECT occurred_at::date AS day, coalesce(response_model, model) AS model, r ->> 'meter' AS"
            + " meter, sum((r ->> 'reported')::numeric) AS quantity FROM billed_usage,"
            + " jsonb_array_elements(readings::jsonb) r WHERE provider = '"
            + provider
            + "' AND key_mode = 'PLATFORM' AND r ->> 'reported' IS NOT NULL AND occurred_at >"
            + " '2026-03-02' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3");
  }

  private static Map<String, BigDecimal> amounts(String sql) throws SQLException {
    return warehouse.rows(sql).stream()
        .collect(
            Collectors.toMap(
                row -> (String) row.get("key"),
                row -> (BigDecimal) row.get("amount"),
                BigDecimal::add,
                TreeMap::new));
  }

  private static String month(ChargeLine line) {
    return line.getOccurredAt().atZone(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1).toString();
  }

  private static String model(BilledUsage usage) {
    return usage.getResponseModel() == null ? usage.getModel() : usage.getResponseModel();
  }

  private static BigDecimal cents(int many) {
    return BigDecimal.valueOf(many, 2);
  }

  private static BilledUsage withCost(String id, String credits, String dollars) {
    return BilledUsage.newBuilder(Others.billed("acme", 1))
        .setUsageId(id)
        .setKeyMode(KeyMode.PLATFORM)
        .setAmount(new BigDecimal(credits).setScale(12))
        .setProviderCost(new BigDecimal(dollars).setScale(12))
        .setProviderCostUnit("USD")
        .build();
  }

  private static void await(ConnectWorker worker, String table, long rows) {
    Awaitility.await(rows + " rows in " + table)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> worker.allRun() && warehouse.count(table) == rows);
  }

  /** Nobody looks at the demo here. */
  private static final class Unwatched implements DemoRun.Watcher {
    @Override
    public void show(SpecificRecord record) {}

    @Override
    public void progress(int exchanges) {}
  }
}
