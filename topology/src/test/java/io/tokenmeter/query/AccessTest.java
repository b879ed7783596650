package io.tokenmeter.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every endpoint of the API's description, asked by everybody. */
class AccessTest {
  private static final JsonMapper JSON = new JsonMapper();

  /** Who asks, with the status that each kind of endpoint answers them with; 0 is any but a no. */
  @SuppressWarnings("ImmutableEnumChecker") // Map.of() never changes
  private enum Caller {
    NOBODY(null, 401, 401, 401, 401, 401, 401),
    STRANGER("nobody's", 401, 401, 401, 401, 401, 401),
    OTHER_ORGANISATION(Fleet.OTHER, 0, 0, 404, 404, 403, 403),
    ORGANISATION(Fleet.ACME, 0, 0, 0, 0, 403, 403),
    GATEWAY(Fleet.GATEWAY, 0, 403, 403, 0, 0, 403),
    OPERATOR(Fleet.OPERATOR, 0, 0, 0, 0, 0, 0);

    private final @Nullable String token;
    private final Map<String, Integer> statuses;

    Caller(
        @Nullable String token,
        int any,
        int caller,
        int organisation,
        int entitlement,
        int gateway,
        int operator) {
      this.token = token;
      this.statuses =
          Map.of(
              "open",
              0,
              "token",
              any,
              "caller",
              caller,
              "organisation",
              organisation,
              "entitlement",
              entitlement,
              "gateway",
              gateway,
              "operator",
              operator);
    }
  }

  private final Fleet fleet = new Fleet();
  private Fleet.Member instance;

  @BeforeEach
  void start() {
    instance = fleet.start();
    instance.ledger.bill("acme", "1.5");
    instance.ledger.bill("other", "2.5");
  }

  @AfterEach
  void stop() {
    fleet.close();
  }

  @TestFactory
  List<DynamicTest> everyEndpointAnswersWhomItsDescriptionSays() throws JsonProcessingException {
    List<DynamicTest> tests = new ArrayList<>();
    JsonNode description = JSON.readTree(instance.ask("/openapi.json").body());
    for (Map.Entry<String, JsonNode> path : description.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        for (Caller caller : Caller.values()) {
          String method = operation.getKey().toUpperCase(Locale.ROOT);
          String access = operation.getValue().path("x-access").asText();
          tests.add(
              DynamicTest.dynamicTest(
                  caller + " " + method + " " + path.getKey(),
                  () -> check(caller, method, path.getKey(), access)));
        }
      }
    }
    assertThat(tests).hasSize(Caller.values().length * instance.endpoints().size());
    return tests;
  }

  @Test
  void everyEndpointHasTheDoorThatItsDescriptionSays() throws JsonProcessingException {
    JsonNode description = JSON.readTree(instance.ask("/openapi.json").body());
    for (Endpoint endpoint : instance.endpoints()) {
      JsonNode operation =
          description
              .path("paths")
              .path(endpoint.path())
              .path(endpoint.method().name().toLowerCase(Locale.ROOT));
      assertThat(operation.path("x-access").asText())
          .as(endpoint.path())
          .isEqualTo(endpoint.door().name().toLowerCase(Locale.ROOT));
      assertThat(operation.has("security"))
          .as(endpoint.path())
          .isEqualTo(endpoint.door() == Door.OPEN);
    }
  }

  @Test
  void anotherOrganisationIsAnsweredAsOneThatDoesNotExist() {
    HttpResponse<String> hidden = ask(Fleet.OTHER, "GET", "/v1/orgs/acme/balance");
    HttpResponse<String> missing = ask(Fleet.OPERATOR, "GET", "/v1/orgs/nobody/balance");
    assertThat(hidden.statusCode()).isEqualTo(404);
    assertThat(hidden.body()).isEqualTo(missing.body().replace("nobody", "acme"));
    assertThat(instance.ledger.questions()).containsExactly("nobody owner");
  }

  @Test
  void aHopWithoutTheSecretOpensNothingWhateverTokenItCarries() {
    HttpResponse<String> answer =
        instance.ask(
            "/v1/orgs/acme/balance",
            "Authorization",
            "Bearer " + Fleet.OPERATOR,
            Peers.HOP_HEADER,
            Copy.OWNER.wireName());
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("set http.peer.secret alike for all instances");
    assertThat(instance.ledger.questions()).isEmpty();
  }

  @Test
  void whoFailsTooOftenIsToldWhenToComeBack() {
    HttpResponse<String> answer = ask("nobody's", "GET", "/v1/orgs/acme/balance");
    assertThat(answer.headers().firstValue("WWW-Authenticate"))
        .contains("Bearer realm=\"tokenmeter\"");
    for (int i = 0; i < 10; i++) {
      answer = ask("nobody's", "GET", "/v1/orgs/acme/balance");
    }
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).contains("6");
    assertThat(answer.body()).contains("\"code\":\"TOO_MANY_FAILURES\"");
    assertThat(ask(Fleet.ACME, "GET", "/v1/orgs/acme/balance").statusCode()).isEqualTo(200);
  }

  private void check(Caller caller, String method, String path, String access) {
    Integer expected = caller.statuses.get(access);
    assertThat(expected).as("x-access of %s is %s", path, access).isNotNull();
    boolean isOthers = caller == Caller.OTHER_ORGANISATION && path.contains("{org}");
    int wanted = isOthers ? 404 : expected;
    // A stranger asks one that hasn't seen this address fail yet.
    Fleet.Member asked = caller == Caller.STRANGER ? fleet.start() : instance;
    String target = path.replace("{org}", "acme").replaceAll("\\{[^}]+}", "x");
    HttpResponse<String> answer = ask(asked, caller.token, method, target);
    if (wanted != 0) {
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(wanted);
      assertThat(answer.body()).doesNotContain("1.5", "98.5");
    } else {
      assertThat(answer.statusCode()).as(answer.body()).isNotIn(401, 403, 500);
      assertThat(answer.body())
          .doesNotContain("\"code\":\"UNKNOWN_ORGANISATION\"", "\"code\":\"UNKNOWN_PATH\"");
    }
  }

  private HttpResponse<String> ask(@Nullable String token, String method, String target) {
    return ask(instance, token, method, target);
  }

  private static HttpResponse<String> ask(
      Fleet.Member asked, @Nullable String token, String method, String target) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://" + asked.self() + target))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return asked.send(request.build());
  }
}
