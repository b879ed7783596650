package io.tokenmeter.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DemoTrafficTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private static List<DemoExchange> exchanges(long seed, int count) {
    DemoTraffic traffic = new DemoTraffic(seed);
    List<DemoExchange> exchanges = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      exchanges.add(traffic.next(NOW.plusSeconds(i)));
    }
    return exchanges;
  }

  @Test
  void makesTheSameTrafficOfTheSameSeed() {
    assertThat(shown(exchanges(7, 100))).isEqualTo(shown(exchanges(7, 100)));
    assertThat(shown(exchanges(7, 100))).isNotEqualTo(shown(exchanges(8, 100)));
  }

  @Test
  void letsEverythingHappenInARoundAndEveryOrganisationCall() {
    List<DemoExchange> round = exchanges(1, Scenario.ROUND);
    Set<Scenario> scenarios = EnumSet.noneOf(Scenario.class);
    Set<String> orgs = new HashSet<>();
    round.forEach(
        exchange -> {
          scenarios.add(exchange.scenario());
          orgs.add(exchange.org());
        });
    assertThat(scenarios).containsExactlyInAnyOrder(Scenario.values());
    assertThat(orgs).hasSize(DemoOrg.ALL.size());
  }

  @Test
  void givesEveryExchangeAnIdOfItsOwn() {
    assertThat(exchanges(3, 500)).extracting(DemoExchange::id).doesNotHaveDuplicates();
  }

  @Test
  void sendsBodiesThatAreJsonAndReportAUsageThatAddsUp() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    int checked = 0;
    for (DemoExchange exchange : exchanges(11, 300)) {
      if (exchange.scenario() != Scenario.NORMAL) {
        continue;
      }
      var request = ((Sent.Request) exchange.sent().get(0)).value();
      var response = ((Sent.Response) exchange.sent().get(1)).value();
      assertThat(mapper.readTree(request.getBody().array()).path("model").isTextual()).isTrue();
      if (response.getContentType().startsWith("application/json")) {
        JsonNode usage = mapper.readTree(response.getBody().array()).path("usage");
        assertThat(usage.isObject()).as(request.getEndpoint()).isTrue();
        if (usage.has("total_tokens")) {
          long parts =
              usage.path("prompt_tokens").asLong()
                  + usage.path("completion_tokens").asLong()
                  + usage.path("input_tokens").asLong()
                  + usage.path("output_tokens").asLong();
          assertThat(parts).isPositive().isEqualTo(usage.path("total_tokens").asLong());
        }
        checked++;
      } else {
        String text = new String(response.getBody().array(), StandardCharsets.UTF_8);
        assertThat(text).matches("(?s)(event: [a-z_.]+\n)?data: \\{.*\n\n");
      }
    }
    assertThat(checked).isGreaterThan(50);
  }

  private static String shown(List<DemoExchange> exchanges) {
    StringBuilder shown = new StringBuilder();
    exchanges.forEach(exchange -> shown.append(exchange).append('\n'));
    return shown.toString();
  }
}
