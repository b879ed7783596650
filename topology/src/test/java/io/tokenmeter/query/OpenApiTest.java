package io.tokenmeter.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds what the server answers against what it says that it answers. */
class OpenApiTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> OF_AN_ORGANISATION =
      List.of("balance", "grants", "quotas", "terms", "charges", "entitlement", "usage");
  private final Fleet fleet = new Fleet();
  private final Fleet.Member instance = fleet.start();
  private JsonNode description;
  private SchemaCheck schemas;

  @BeforeEach
  void read() throws JsonProcessingException {
    instance.ledger.bill("acme", "1.5");
    HttpResponse<String> answer = instance.ask("/openapi.json");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    description = JSON.readTree(answer.body());
    schemas = new SchemaCheck(description);
  }

  @AfterEach
  void stop() {
    fleet.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/orgs/{org}/balance, /v1/orgs/acme/balance, 200",
    "/v1/orgs/{org}/balance, /v1/orgs/nobody/balance, 404",
    "/v1/orgs/{org}/balance, /v1/orgs/%20acme/balance, 400",
    "/v1/orgs/{org}/grants, /v1/orgs/acme/grants, 200",
    "/v1/orgs/{org}/grants, /v1/orgs/nobody/grants, 404",
    "/v1/orgs/{org}/quotas, /v1/orgs/acme/quotas, 200",
    "/v1/orgs/{org}/quotas, /v1/orgs/nobody/quotas, 404",
    "/v1/orgs/{org}/quotas/{quota}, /v1/orgs/acme/quotas/each-user?limit=1, 200",
    "/v1/orgs/{org}/quotas/{quota}, /v1/orgs/acme/quotas/none, 404",
    "/v1/orgs/{org}/quotas/{quota}, /v1/orgs/acme/quotas/each-user?limit=501, 400",
    "/v1/orgs/{org}/quotas/{quota}, /v1/orgs/acme/quotas/each-user?subject=, 400",
    "/v1/orgs/{org}/terms, /v1/orgs/acme/terms, 200",
    "/v1/orgs/{org}/terms, /v1/orgs/nobody/terms, 404",
    "/v1/orgs/{org}/charges, /v1/orgs/acme/charges, 200",
    "/v1/orgs/{org}/charges, /v1/orgs/acme/charges?after=0&limit=1, 200",
    "/v1/orgs/{org}/charges, /v1/orgs/acme/charges?limit=101, 400",
    "/v1/orgs/{org}/charges/{usage}, /v1/orgs/acme/charges/call%201, 200",
    "/v1/orgs/{org}/charges/{usage}, /v1/orgs/acme/charges/none, 404",
    "/v1/orgs/{org}/commands/{key}, /v1/orgs/acme/commands/none, 404",
    "/v1/events, /v1/events, 200",
    "/v1/events, /v1/events?org=%20, 400",
    "/v1/orgs/{org}/entitlement, /v1/orgs/acme/entitlement, 200",
    "/v1/orgs/{org}/entitlement, /v1/orgs/nobody/entitlement, 404",
    "/v1/orgs/{org}/entitlement, /v1/orgs/%20acme/entitlement, 400",
    "/v1/orgs/{org}/usage, /v1/orgs/acme/usage, 200",
    "/v1/orgs/{org}/usage, /v1/orgs/acme/usage?window=month&by=model&limit=2, 200",
    "/v1/orgs/{org}/usage, /v1/orgs/acme/usage?window=hour&by=billing_type, 200",
    "/v1/orgs/{org}/usage, /v1/orgs/acme/usage?by=meter, 200",
    "/v1/orgs/{org}/usage, /v1/orgs/nobody/usage, 404",
    "/v1/orgs/{org}/usage, /v1/orgs/acme/usage?window=week, 400",
    "/v1/unpriced, /v1/unpriced, 200",
    "/v1/models, /v1/models, 200",
    "/v1/models, /v1/models?book=rahiana&at=2024-06-01T00:00:00Z, 200",
    "/v1/models, /v1/models?book=none, 404",
    "/v1/models, /v1/models?model=x, 400",
    "/v1/prices, /v1/prices, 200",
    "/v1/prices, /v1/prices?model=gpt-4.1&at=2026-02-01T00:00:00Z, 200",
    "/v1/prices, /v1/prices?model=none, 404",
    "/v1/prices, /v1/prices?at=today, 400",
    "/healthz, /healthz, 200",
    "/readyz, /readyz, 200",
    "/metrics, /metrics, 200",
    "/openapi.json, /openapi.json, 200"
  })
  void answersWhatItDescribes(String path, String target, int status)
      throws JsonProcessingException {
    checkAnswer(path, instance.ask(target), status);
  }

  @Test
  void describesTheAnswerOfAStandby() throws JsonProcessingException {
    instance.ledger.demote(3);
    instance.place =
        new Place.Assigned(
            0, new Instance("127.0.0.1", Fleet.freePort()), List.of(instance.self()));

    for (String what : OF_AN_ORGANISATION) {
      HttpResponse<String> answer = instance.ask("/v1/orgs/acme/" + what);
      assertThat(answer.body()).contains("lag_records");
      checkAnswer("/v1/orgs/{org}/" + what, answer, 200);
    }
  }

  @Test
  void describesWhatItAnswersWhileItIsNotReady() throws JsonProcessingException {
    instance.state = State.ERROR;
    instance.place = new Place.Unassigned();

    checkAnswer("/healthz", instance.ask("/healthz"), 503);
    checkAnswer("/readyz", instance.ask("/readyz"), 503);
    for (String what : OF_AN_ORGANISATION) {
      checkAnswer("/v1/orgs/{org}/" + what, instance.ask("/v1/orgs/acme/" + what), 503);
    }
  }

  @Test
  void describesWhatItAnswersToCommands() throws JsonProcessingException {
    String grants = "/v1/orgs/{org}/grants";
    String grant =
        "{\"amount\":\"12.5\",\"kind\":\"GIFT\",\"priority\":1,"
            + "\"effective_at\":\"2026-01-01T00:00:00Z\",\"expires_at\":\"2027-01-01T00:00:00Z\"}";
    JsonNode schema = description.at("/components/schemas/NewGrant");
    assertThat(schemas.errors(schema, JSON.readTree(grant))).isEmpty();
    checkAnswer("post", grants, instance.post("/v1/orgs/acme/grants", "k1", grant), 201);
    checkAnswer("post", grants, instance.post("/v1/orgs/acme/grants", "k1", grant), 200);
    checkAnswer(
        "post", grants, instance.post("/v1/orgs/acme/grants", "k1", "{\"amount\":\"1\"}"), 422);
    checkAnswer("post", grants, instance.post("/v1/orgs/acme/grants", "k2", "{}"), 400);
    checkAnswer("/v1/orgs/{org}/commands/{key}", instance.ask("/v1/orgs/acme/commands/k1"), 200);
    instance.ledger.dawdle();
    checkAnswer(
        "post",
        "/v1/orgs/{org}/adjustments",
        instance.post("/v1/orgs/acme/adjustments", "k3", "{\"amount\":\"-1\",\"reason\":\"typo\"}"),
        202);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {'org':'acme','model':'gpt-4.1','meters':{'input_tokens':1,'output_tokens':'2'}}",
        "200 | {'meters':{'storage_token_days':'0.5'},'at':'2026-02-01T00:00:00Z'}",
        "200 | {'model':'gpt-4o','images':[{'width':9,'height':9,'detail':'low'}],'text':'hello',"
            + "'provider':'azure','key_mode':'OWN','attributes':{'plan':'gold'}}",
        "200 | {'path':'/v1/chat/completions','body':{'model':'gpt-4.1','messages':[{'role':'user','content':'Hi'}]}}",
        "400 | {}",
        "404 | {'model':'none','meters':{'input_tokens':1}}",
        "422 | {'model':'gpt-4.1','meters':{'training_tokens':1}}",
      })
  void describesWhatItQuotes(int status, String single) throws JsonProcessingException {
    String body = single.replace('\'', '"');
    assertThat(schemas.errors(description.at("/components/schemas/NewQuote"), JSON.readTree(body)))
        .isEmpty();
    checkAnswer("post", "/v1/quote", instance.post("/v1/quote", "any", body), status);
  }

  /** Of the server's own register, so that nothing that it answers is left out. */
  @Test
  void describesEveryRouteAndNoOther() {
    List<String> described = new ArrayList<>();
    description
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
    List<String> pages = List.of("GET /", "GET /console/<file>");

    List<String> routes = instance.routes();
    assertThat(routes).containsAll(pages);
    assertThat(described)
        .containsExactlyInAnyOrderElementsOf(
            routes.stream().filter(route -> !pages.contains(route)).toList());
    assertThat(described)
        .containsExactlyInAnyOrderElementsOf(
            instance.endpoints().stream()
                .map(endpoint -> endpoint.method() + " " + endpoint.path())
                .toList());
  }

  @Test
  void namesEveryProblemCode() {
    List<String> codes = new ArrayList<>();
    description
        .at("/components/schemas/Problem/properties/code/enum")
        .forEach(code -> codes.add(code.asText()));

    assertThat(codes)
        .containsExactlyElementsOf(
            Arrays.stream(ProblemCode.values())
                .sorted(Comparator.comparingInt(ProblemCode::ordinal))
                .map(ProblemCode::name)
                .toList());
  }

  @Test
  void saysHowMuchTimeARequestMayAskFor() {
    assertThat(description.at("/paths/~1v1~1orgs~1{org}~1usage/get/parameters/3/description"))
        .asString()
        .contains(
            UsageWindow.HOUR.longestRange().toDays() + " days of hours",
            UsageWindow.DAY.longestRange().toDays() + " days of days",
            UsageWindow.MONTH.longestRange().toDays() + " days of months");
  }

  private void checkAnswer(String path, HttpResponse<String> answer, int status)
      throws JsonProcessingException {
    checkAnswer("get", path, answer, status);
  }

  private void checkAnswer(String method, String path, HttpResponse<String> answer, int status)
      throws JsonProcessingException {
    assertThat(answer.statusCode()).isEqualTo(status);
    JsonNode named =
        description.path("paths").path(path).path(method).path("responses").path("" + status);
    JsonNode response =
        named.has("$ref") ? description.at(named.get("$ref").asText().substring(1)) : named;
    assertThat(response.isObject()).as("%s describes %d", path, status).isTrue();
    String contentType = answer.headers().firstValue("Content-Type").orElseThrow();
    JsonNode content = response.path("content").path(contentType.replaceAll(";.*", ""));
    assertThat(content.isObject()).as("%s is described as %s", path, contentType).isTrue();
    response
        .path("headers")
        .fieldNames()
        .forEachRemaining(name -> assertThat(answer.headers().map()).containsKey(name));
    if (!contentType.startsWith("text/")) {
      JsonNode body = JSON.readTree(answer.body());
      assertThat(schemas.errors(content.get("schema"), body)).isEmpty();
    }
  }
}
