package io.tokenmeter.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.ledger.Disposition;
import io.tokenmeter.ledger.Standing;
import io.tokenmeter.measured.count.Counters;
import io.tokenmeter.rated.Amount;
import io.tokenmeter.raw.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private final Metrics metrics = new Metrics();

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void showsWhatBecameOfRawRecords() {
    for (int i = 0; i < 3; i++) {
      metrics.raw("llm.requests");
    }
    metrics.metered("llm.requests");
    metrics.metered("llm.requests");
    metrics.rejected("llm.requests", Rejection.BROKEN_BODY);

    assertThat(scrape())
        .contains(
            "# HELP tokenmeter_raw_total Records read from a raw topic.",
            "# TYPE tokenmeter_raw_total counter",
            "tokenmeter_raw_total{topic=\"llm.requests\"} 3.0",
            "tokenmeter_metered_total{topic=\"llm.requests\"} 2.0",
            "tokenmeter_rejected_total{reason=\"BROKEN_BODY\",topic=\"llm.requests\"} 1.0");
  }

  @Test
  void showsWhatIsHeldAndHowManyHoldsBeganAndEnded() {
    metrics.holdOpened("credit");
    metrics.held("credit", Amount.of("0.1"));
    metrics.holdOpened("credit");
    metrics.held("credit", Amount.of("0.2"));
    metrics.holdEnded("credit");
    metrics.held("credit", Amount.of("-0.1"));
    metrics.held("credit", Amount.of("-0.2"));

    assertThat(scrape())
        .contains(
            "tokenmeter_held_amount{unit=\"credit\"} 0.0",
            "tokenmeter_holds_opened_total{unit=\"credit\"} 2.0",
            "tokenmeter_holds_ended_total{unit=\"credit\"} 1.0");
  }

  @Test
  void showsAmountsByHowTheirQuantitiesAreKnown() {
    metrics.billed(SampleCharge.billed());

    assertThat(scrape())
        .contains(
            "tokenmeter_billed_amount_total{model=\"openai/gpt-4.1\",provenance=\"reported\","
                + "unit=\"credit\"} 0.22",
            "tokenmeter_billed_quantity_total{meter=\"input_tokens\",model=\"openai/gpt-4.1\","
                + "provenance=\"reported\"} 1000.0",
            "tokenmeter_charge_lag_seconds_count 1");
  }

  @Test
  void makesNoMoreSeriesThanItMayHoweverManyModelsThereAre() {
    for (int i = 0; i < ChargeMetrics.MOST_MODELS + 20; i++) {
      metrics.billed(SampleCharge.billed("maker/model-" + i));
    }

    String shown = scrape();
    assertThat(shown.lines().filter(line -> line.startsWith("tokenmeter_billed_amount_total")))
        .hasSize(ChargeMetrics.MOST_MODELS + 1);
    assertThat(shown)
        .contains("model=\"" + ChargeMetrics.OTHERS + "\",provenance=\"reported\"} 20000.0");
  }

  @Test
  void countsTheIdsThatLeaveTheMemory() {
    metrics.forgotten();
    metrics.forgotten();

    assertThat(scrape()).contains("tokenmeter_forgotten_ids_total 2.0");
  }

  @Test
  void showsHowMuchTextWasCountedAndHowMuchWasKnown() {
    Counters counters = Counters.remembering(1 << 10);
    metrics.watch(counters);
    String text = "all of the text ".repeat(6) + "to ";
    for (int i = 0; i < 3; i++) {
      counters.forModel("openai", "gpt-4o").count(text);
    }

    assertThat(scrape())
        .contains(
            "tokenmeter_text_bytes_total{memo=\"hit\"} 198.0",
            "tokenmeter_text_bytes_total{memo=\"miss\"} 99.0");
  }

  @Test
  void showsFactsWhereTheyStandAndNoLongerWhereTheyStood() {
    metrics.moved(new Disposition(null, Standing.WAITING, 1));
    metrics.moved(new Disposition(Standing.WAITING, Standing.BILLED, 1));
    metrics.moved(new Disposition(null, Standing.BILLED, 1));

    assertThat(scrape())
        .contains(
            "# TYPE tokenmeter_facts gauge",
            "tokenmeter_facts{standing=\"waiting\"} 0.0",
            "tokenmeter_facts{standing=\"billed\"} 2.0");
  }

  @Test
  void showsEveryStandingAndHopAtZeroBeforeAnythingHappened() {
    String text = scrape();

    for (Standing standing : Standing.values()) {
      assertThat(text)
          .contains(
              "tokenmeter_facts{standing=\""
                  + standing.name().toLowerCase(Locale.ROOT)
                  + "\"} 0.0");
    }
    for (HttpPeers.Hop hop : HttpPeers.Hop.values()) {
      assertThat(text)
          .contains(
              "tokenmeter_http_hops_total{result=\""
                  + hop.name().toLowerCase(Locale.ROOT)
                  + "\"} 0.0");
    }
  }

  @Test
  void countsEveryCallOfManyThreads() throws InterruptedException {
    Thread[] threads = new Thread[4];
    for (int i = 0; i < threads.length; i++) {
      threads[i] =
          new Thread(
              () -> {
                for (int n = 0; n < 10_000; n++) {
                  metrics.raw("usage.records");
                }
              });
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(scrape()).contains("tokenmeter_raw_total{topic=\"usage.records\"} 40000.0");
  }

  private String scrape() {
    return new String(metrics.scrape().body(), StandardCharsets.UTF_8);
  }
}
