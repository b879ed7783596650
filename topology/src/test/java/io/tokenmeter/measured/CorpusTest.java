package io.tokenmeter.measured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tokenmeter.measured.count.Counters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every recorded exchange through measuring, against figures that this test reads by itself. */
class CorpusTest {
  private static List<Exchange> corpus = List.of();
  private static final Measure measure = new Measure(Counters.shared());

  @BeforeAll
  static void findTheCorpus() {
    assumeTrue(
        Corpus.folder().isPresent(),
        "no corpus of recorded exchanges here; set TOKENMETER_CORPUS to its folder");
    corpus = Corpus.read(Corpus.folder().orElseThrow());
    assertThat(corpus).hasSizeGreaterThan(1000);
  }

  @Test
  void reconcilesEveryReportedUsage() {
    Map<String, CorpusSummary> byDialect = new TreeMap<>();
    List<String> wrong = new ArrayList<>();
    for (Exchange exchange : corpus) {
      Result<MeasuredRequest> asked = measure.request(exchange.request(), Exchange.NOW);
      Result<MeasuredResponse> answered = measure.response(exchange.response(), Exchange.NOW);
      String where = exchange.provider() + " " + exchange.endpoint() + " " + exchange.id();
      if (asked instanceof Metered<MeasuredRequest> request
          && answered instanceof Metered<MeasuredResponse> response) {
        CorpusSummary summary =
            byDialect.computeIfAbsent(response.fact().dialect(), name -> new CorpusSummary());
        String difference = ReportedUsage.difference(exchange, response.fact());
        if (!difference.isEmpty()) {
          wrong.add(where + ": " + difference);
        }
        summary.add(exchange, request.fact(), response.fact(), difference.isEmpty());
      } else {
        byDialect.computeIfAbsent("(rejected)", name -> new CorpusSummary()).rejected++;
        wrong.add(where + ": " + asked + " " + answered);
      }
    }
    System.out.println(CorpusSummary.HEADER);
    byDialect.forEach((name, summary) -> System.out.println(summary.line(name)));
    assertThat(wrong).isEmpty();
  }

  @Test
  void tellsTheDialectOfAnswersWithoutProviderAndPath() {
    List<String> wrong = new ArrayList<>();
    int told = 0;
    for (Exchange exchange : corpus) {
      if (exchange.usage().isNull() || !exchange.line().path("usage_headers").isEmpty()) {
        continue;
      }
      Result<MeasuredResponse> bare = measure.response(exchange.bareResponse(), Exchange.NOW);
      Result<MeasuredResponse> full = measure.response(exchange.response(), Exchange.NOW);
      if (bare instanceof Metered<MeasuredResponse> some
          && full instanceof Metered<MeasuredResponse> all) {
        told++;
        // Without a provider a total that has more than its parts is flagged, not explained.
        if (!some.fact().flags().contains(Flag.USAGE_CONTRADICTS)
            && !reported(some.fact()).equals(reported(all.fact()))) {
          wrong.add(
              exchange.provider()
                  + " "
                  + exchange.endpoint()
                  + " "
                  + exchange.id()
                  + ": "
                  + some.fact().dialect()
                  + " "
                  + reported(some.fact())
                  + " for "
                  + all.fact().dialect()
                  + " "
                  + reported(all.fact()));
        }
      }
    }
    System.out.println("told by shape: " + told + ", otherwise than by route: " + wrong.size());
    assertThat(wrong).isEmpty();
    assertThat(told).isGreaterThan(900);
  }

  private static List<MeterReading> reported(MeasuredResponse fact) {
    return fact.readings().stream().filter(r -> r.provenance() == Provenance.REPORTED).toList();
  }
}
