package io.tokenmeter.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryServerTest {
  private final Fleet fleet = new Fleet();
  private final Fleet.Member instance = fleet.start();

  @AfterEach
  void stop() {
    fleet.close();
  }

  @Test
  void showsABalanceWithAmountsAsStringsBesideTheirUnit() {
    instance.ledger.bill("acme", "0.000000000001");

    HttpResponse<String> answer = instance.ask("/v1/orgs/acme/balance");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(answer.body())
        .isEqualTo(
            """
            {"org":"acme","unit":"credit","book":"gptbots","balance":"99.999999999999",\
            "held":"0","available":"99.999999999999",\
            "granted":"100","expired":"0","adjusted":"0","billed":"0.000000000001","debt":"0",\
            "spent_last_hour":"0.25","runs_out_at":"2026-03-01T13:00:00Z","low_balance_levels":["10"],\
            "grants":[{"grant_id":"welcome","kind":"GIFT","priority":10,"amount":"100",\
            "remaining":"99.999999999999","effective_at":"2026-01-01T00:00:00Z"}],\
            "pending":[{"grant_id":"spring","kind":"PURCHASE","priority":10,"amount":"5",\
            "remaining":"5","effective_at":"2026-04-01T00:00:00Z",\
            "expires_at":"2026-05-01T00:00:00Z"}],\
            "sequence":7,"as_of":"2026-03-01T12:00:00Z","provisional":true}""");
  }

  @Test
  void showsAnEntitlementWithItsReasonAndItsEnd() {
    instance.ledger.bill("acme", "1");

    assertThat(instance.ask("/v1/orgs/acme/entitlement").body())
        .isEqualTo(
            """
            {"org":"acme","decision":"DENY","reason":"QUOTA_EXCEEDED:daily",\
            "until":"2026-03-02T00:00:00Z","sequence":7,"as_of":"2026-03-01T12:00:00Z",\
            "provisional":true}""");
  }

  @Test
  void showsUsageByModelAndLeavesOutTheModelThatUsageDoesNotName() {
    instance.ledger.bill("acme", "1");

    assertThat(instance.ask("/v1/orgs/acme/usage?by=model").body())
        .isEqualTo(
            """
            {"org":"acme","unit":"credit","window":"day","zone":"Europe/Berlin",\
            "from":"2026-01-29T12:00:00Z","to":"2026-03-01T12:00:00Z","by":"model","rows":[\
            {"start":"2026-02-28T23:00:00Z","end":"2026-03-01T23:00:00Z","charges":4,\
            "amount":"0.25","corrections":2,"corrected":"0.05","quantities":{"input_tokens":"2000"},\
            "amounts":{"input_tokens":"0.25"}},\
            {"start":"2026-02-28T23:00:00Z","end":"2026-03-01T23:00:00Z",\
            "model":"anthropic/claude","charges":4,"amount":"0.25",\
            "corrections":2,"corrected":"0.05","quantities":{"input_tokens":"2000"},\
            "amounts":{"input_tokens":"0.25"}},\
            {"start":"2026-02-28T23:00:00Z","end":"2026-03-01T23:00:00Z",\
            "model":"openai/gpt-4.1","charges":4,"amount":"0.25",\
            "corrections":2,"corrected":"0.05","quantities":{"input_tokens":"2000"},\
            "amounts":{"input_tokens":"0.25"}}],\
            "sequence":7,"as_of":"2026-03-01T12:00:00Z","provisional":true}""");
  }

  @ParameterizedTest
  @CsvSource({
    "a b, a%20b",
    "a/b, a%2Fb",
    "100%, 100%25",
    "a+b, a+b",
    "a+b, a%2Bb",
    "ü€, %C3%BC%E2%82%AC",
    "a;b=1, a;b=1",
    "a?b#c, a%3Fb%23c",
    "\\, %5C",
    ".., %2E%2E",
    "., %2E",
    "../x, ..%2Fx",
    "گیلاس, %DA%AF%DB%8C%D9%84%D8%A7%D8%B3"
  })
  void findsAnOrganisationWhateverCharactersItsIdHas(String org, String encoded) {
    instance.ledger.bill(org, "1");

    HttpResponse<String> answer = instance.ask("/v1/orgs/" + encoded + "/balance");

    assertThat(answer.body()).startsWith("{\"org\":\"" + org.replace("\\", "\\\\") + "\",");
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void saysThatAnOrganisationIsUnknownAndWhatToDo() {
    HttpResponse<String> answer = instance.ask("/v1/orgs/nobody/balance");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body())
        .isEqualTo(
            """
            {"type":"about:blank","title":"Unknown organisation","status":404,\
            "code":"UNKNOWN_ORGANISATION","detail":"organisation \\"nobody\\" has no usage, grants \
            or settings; check the id, or grant it credits first"}""");
  }

  @Test
  void refusesAnIdThatNoOrganisationCanHave() {
    HttpResponse<String> answer = instance.ask("/v1/orgs/" + "x".repeat(201) + "/balance");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("\"code\":\"INVALID_ID\"")
        .contains("\"detail\":\"org_id has 201 characters; at most 200 are allowed\"");
  }

  @Test
  void refusesAParameterThatDoesNotExist() {
    HttpResponse<String> answer = instance.ask("/v1/orgs/acme/usage?windows=hour");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("\"code\":\"INVALID_PARAMETER\"")
        .contains(
            "parameter is \\\"windows\\\"; allowed is one of after, by, from, limit, max_lag, to, window");
  }

  @Test
  void pointsToItsDescriptionWhereNothingIs() {
    HttpResponse<String> answer = instance.ask("/v1/organisations");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body())
        .contains("\"code\":\"UNKNOWN_PATH\"")
        .contains("nothing is at this path; /openapi.json describes what is");
  }

  @Test
  void refusesAMethodThatIsNotGet() {
    HttpResponse<String> answer =
        instance.send(
            HttpRequest.newBuilder(
                    URI.create("http://" + instance.self() + "/v1/orgs/acme/balance"))
                .header("Authorization", "Bearer " + Fleet.OPERATOR)
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build());

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.body())
        .contains("\"code\":\"METHOD_NOT_ALLOWED\"")
        .contains("the path doesn't take this method; /openapi.json describes what it takes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/orgs/%zz/balance",
        "/v1/orgs/acme/usage?by=%zz",
        "/v1/orgs/acme/usage?by=model|type",
        "/v1/orgs/ac|me/balance"
      })
  void refusesWhatIsNoUriWhoeverOwnsTheOrganisation(String target) throws IOException {
    instance.ledger.bill("acme", "1");
    instance.ledger.bill("ac|me", "1");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), instance.self().port())) {
      String request =
          "GET "
              + target
              + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
              + Fleet.OPERATOR
              + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(answer).startsWith("HTTP/1.1 400 ").doesNotContain("Exception");
    }
  }

  @Test
  void tellsNobodyButItsLogWhatADefectWas() {
    instance.ledger.breakDown();

    HttpResponse<String> answer = instance.ask("/v1/orgs/acme/balance");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body())
        .contains("\"code\":\"INTERNAL\"")
        .contains("the log of this instance says what failed")
        .doesNotContain("on purpose");
  }

  @Test
  void isReadyOnceEveryApplicationRuns() {
    assertThat(instance.ask("/readyz").body())
        .isEqualTo("{\"status\":\"ready\",\"applications\":{\"ledger\":\"RUNNING\"}}");

    instance.state = State.REBALANCING;

    HttpResponse<String> answer = instance.ask("/readyz");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    assertThat(answer.body())
        .contains("\"code\":\"NOT_READY\"")
        .contains("ledger is REBALANCING; RUNNING is needed, try again in a second");
    assertThat(instance.ask("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void isAliveUntilAnApplicationStopsForGood() {
    instance.state = State.ERROR;

    HttpResponse<String> answer = instance.ask("/healthz");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body())
        .contains("\"code\":\"NOT_ALIVE\"")
        .contains("ledger is ERROR; restart this instance and read its log from before");
  }

  @Test
  void countsItsRequestsByRouteAndStatusAndNeverByOrganisation() {
    instance.ask("/v1/orgs/secret-customer/balance");

    HttpResponse<String> answer = instance.ask("/metrics");

    assertThat(answer.headers().firstValue("Content-Type")).contains(Metrics.CONTENT_TYPE);
    assertThat(answer.body())
        .contains("tokenmeter_http_requests_seconds_count{route=\"balance\",status=\"404\"} 1")
        .doesNotContain("secret-customer");
  }

  @Test
  void answersForItsHealthAloneWithoutALedger() {
    try (Metrics metrics = new Metrics();
        QueryServer server =
            QueryServer.start(
                Listening.plain("127.0.0.1", 0, Fleet.doors()),
                List.of(new Application("measure", () -> State.RUNNING)),
                metrics)) {
      assertThat(server.port()).isPositive();
      assertThat(server.endpoints().stream().map(Endpoint::path))
          .containsExactlyInAnyOrder("/healthz", "/readyz", "/metrics", "/openapi.json");
    }
  }
}
