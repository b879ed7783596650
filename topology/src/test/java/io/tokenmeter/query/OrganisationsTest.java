package io.tokenmeter.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrganisationsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private final Fleet fleet = new Fleet();
  private Fleet.Member one;
  private Fleet.Member two;

  @BeforeEach
  void start() {
    one = fleet.start();
    two = fleet.start();
    two.ledger.own(Set.of(1));
    Map<Instance, Set<Integer>> owners = Map.of(one.self(), Set.of(0), two.self(), Set.of(1));
    one.owners = owners;
    two.owners = owners;
    one.ledger.bill("acme", "1").bill("café", "2").bill("zoo", "3");
    two.ledger.bill("bank", "4").bill("yard/1", "5");
  }

  @AfterEach
  void stop() {
    fleet.close();
  }

  @Test
  void any_instance_lists_those_of_all() throws JsonProcessingException {
    for (Fleet.Member asked : List.of(one, two)) {
      JsonNode page = JSON.readTree(asked.ask("/v1/orgs").body());

      assertThat(names(page)).containsExactly("acme", "bank", "café", "yard/1", "zoo");
      assertThat(page.has("next")).isFalse();
      assertThat(page.path("orgs").get(1).path("balance").asText()).isEqualTo("96");
    }
  }

  @Test
  void pages_hold_each_once() throws JsonProcessingException {
    List<String> found = new ArrayList<>();
    String next = "/v1/orgs?limit=2";
    while (!next.isEmpty()) {
      JsonNode page = JSON.readTree(one.ask(next).body());
      found.addAll(names(page));
      next = page.path("next").asText();
    }

    assertThat(found).containsExactly("acme", "bank", "café", "yard/1", "zoo");
  }

  @Test
  void a_list_without_a_partition_is_not_answered() {
    two.ledger.drop();

    HttpResponse<String> answer = one.ask("/v1/orgs");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(answer.body()).contains("OWNER_AWAY", "nobody answers for 1 of the journal's");
  }

  @Test
  void nobody_knows_the_owners_while_partitions_are_assigned() {
    one.owners = Map.of();

    HttpResponse<String> answer = one.ask("/v1/orgs");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("REBALANCING");
  }

  @Test
  void models_without_a_price_are_added_up_over_all_instances() {
    assertThat(one.ask("/v1/unpriced").body())
        .isEqualTo(
            "{\"models\":[{\"book\":\"gptbots\",\"model\":\"orion-preview\",\"usages\":4,"
                + "\"organisations\":5,\"oldest\":\"2026-03-01T12:00:00Z\"}],\"complete\":true}");

    two.ledger.drop();

    assertThat(one.ask("/v1/unpriced").body()).contains("OWNER_AWAY");
  }

  @Test
  void a_token_says_whom_it_is_for() {
    assertThat(one.ask("/v1/caller").body()).isEqualTo("{\"scope\":\"operator\"}");
    assertThat(one.ask("/v1/caller", "Authorization", "Bearer " + Fleet.ACME).body())
        .isEqualTo("{\"scope\":\"organisation\",\"org\":\"acme\"}");
  }

  private static List<String> names(JsonNode page) {
    List<String> names = new ArrayList<>();
    page.path("orgs").forEach(org -> names.add(org.path("org").asText()));
    return names;
  }
}
