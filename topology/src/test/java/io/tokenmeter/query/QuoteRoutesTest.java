package io.tokenmeter.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tokenmeter.ledger.Account;
import io.tokenmeter.ledger.BilledUsage;
import io.tokenmeter.ledger.Command;
import io.tokenmeter.ledger.CommandId;
import io.tokenmeter.ledger.ConfigureOrg;
import io.tokenmeter.ledger.ContentHash;
import io.tokenmeter.ledger.Entry;
import io.tokenmeter.ledger.Fact;
import io.tokenmeter.ledger.JournalPosition;
import io.tokenmeter.ledger.Ledger;
import io.tokenmeter.ledger.LedgerDefaults;
import io.tokenmeter.ledger.Metered;
import io.tokenmeter.ledger.PriceTerms;
import io.tokenmeter.ledger.Transition;
import io.tokenmeter.measured.MeasuredUsage;
import io.tokenmeter.measured.Meter;
import io.tokenmeter.measured.MeterReading;
import io.tokenmeter.measured.Provenance;
import io.tokenmeter.rated.ModelPrices;
import io.tokenmeter.rated.PriceVersion;
import io.tokenmeter.rated.Rate;
import io.tokenmeter.rated.Rater;
import io.tokenmeter.rated.Rounding;
import io.tokenmeter.rated.Tiers;
import io.tokenmeter.raw.KeyMode;
import io.tokenmeter.raw.OrgId;
import io.tokenmeter.raw.Origin;
import io.tokenmeter.raw.Quantity;
import io.tokenmeter.raw.UsageId;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuoteRoutesTest {
  private static final JsonMapper JSON = new JsonMapper();
  private final Fleet fleet = new Fleet();
  private final Fleet.Member instance = fleet.start();

  @AfterEach
  void stop() {
    fleet.close();
  }

  @Test
  void quotesByABookWithTheRuleThatMatchedAndTheVersion() throws JsonProcessingException {
    JsonNode quote =
        ok(
            Fleet.OPERATOR,
            "{\"book\":\"gptbots\",\"model\":\"gpt-4.1\",\"at\":\"2026-02-15T00:00:00Z\","
                + "\"meters\":{\"input_tokens\":600,\"cached_input_tokens\":\"400\"}}");

    assertThat(quote.get("amount").textValue()).isEqualTo("0.22");
    assertThat(quote.get("unit").textValue()).isEqualTo("credit");
    assertThat(quote.get("book").textValue()).isEqualTo("gptbots");
    assertThat(quote.get("priced_model").textValue()).isEqualTo("openai/gpt-4.1");
    assertThat(quote.get("price_version").textValue()).matches("[0-9a-f]{16}");
    assertThat(quote.get("output_known").booleanValue()).isTrue();
    assertThat(quote.has("sequence")).isFalse();
    assertThat(quote.get("lines").toString())
        .isEqualTo(
            """
            [{"line":1,"meter":"input_tokens","rate_meter":"input_tokens","dimensions":{},\
            "quantity":"600","price":"0.22","per":"1000","amount":"0.132","provenance":"REPORTED",\
            "rule":"key_mode=PLATFORM","base_price":"0.22","adjustment":""},\
            {"line":2,"meter":"cached_input_tokens","rate_meter":"input_tokens","dimensions":{},\
            "quantity":"400","price":"0.22","per":"1000","amount":"0.088","provenance":"REPORTED",\
            "rule":"key_mode=PLATFORM","base_price":"0.22","adjustment":""}]""");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"model\":\"gpt-4.1\",\"key_mode\":\"own\",\"meters\":{\"input_tokens\":1000} | 0.02",
        "\"model\":\"gpt-4o\",\"images\":[{\"width\":2000,\"height\":500}] | 0.172125",
        "\"model\":\"gpt-4.1\",\"text\":\"hello\" | 0.00022",
        "\"path\":\"/v1/chat/completions\",\"body\":{\"model\":\"gpt-4.1\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]} | 0.00176",
        "\"meters\":{\"storage_token_days\":30000} | 0.03",
        "\"book\":\"openai-2023\",\"model\":\"dall-e-2\",\"size\":\"512x512\",\"meters\":{\"images\":3} | 0.054",
      })
  void quotesAsTheCommandLineDoes(String members, String amount) throws JsonProcessingException {
    JsonNode quote =
        ok(Fleet.OPERATOR, "{\"at\":\"2026-02-15T00:00:00Z\"," + members.strip() + "}");
    assertThat(quote.get("amount").textValue()).isEqualTo(amount);
    assertThat(quote.get("output_known").booleanValue()).isEqualTo(!members.contains("hello"));
  }

  @Test
  void quotesAnOrganisationByItsBookItsOwnNamesAndWhatItsMonthCounted()
      throws JsonProcessingException {
    instance.prices.put(steep());
    instance.ledger.bill("acme", "1");
    instance.ledger.charge(
        new PriceTerms(
            "own", "EUR", ZoneId.of("Europe/Berlin"), Map.of("our model", "steep"), List.of()));
    String call = "{\"model\":\"our model\",\"meters\":{\"input_tokens\":30}}";

    JsonNode quote = ok(Fleet.ACME, call);

    assertThat(quote.get("org").textValue()).isEqualTo("acme");
    // 20 are included, and 10 cost 0.5 each.
    assertThat(quote.get("amount").textValue()).isEqualTo("5");
    assertThat(quote.get("unit").textValue()).isEqualTo("EUR");
    assertThat(quote.get("name_rule").textValue()).contains("deployment");
    assertThat(quote.get("sequence").longValue()).isEqualTo(7);
    assertThat(quote.get("provisional").booleanValue()).isTrue();
    assertThat(ok(Fleet.OPERATOR, call.replace("{\"model", "{\"org\":\"acme\",\"model")))
        .isEqualTo(quote);
  }

  /** The quote before each charge is the charge, to the last digit. */
  @Test
  void quotesWhatTheLedgerThenCharges() throws JsonProcessingException {
    instance.prices.put(steep());
    instance.ledger.bill("acme", "1");
    Ledger ledger =
        new Ledger(
            (request, response, basis, policy) -> {
              throw new AssertionError("there are usage records here, and no exchanges");
            },
            Rater::rate,
            (call, readings) -> "chat",
            LedgerDefaults.of("gptbots", "credit"));
    Account account =
        apply(
                ledger,
                ledger.open(new OrgId("acme")),
                0,
                new Command(new CommandId("c"), FixedLedger.NOON, settings()))
            .account();
    for (int i = 1; i <= 12; i++) {
      instance.ledger.charge(PriceTerms.of(account));
      String quantity = i + "." + i;
      JsonNode quote =
          ok(
              Fleet.ACME,
              "{\"model\":\"our model\",\"meters\":{\"input_tokens\":\"" + quantity + "\"}}");
      Transition charged = apply(ledger, account, i, usage(i, quantity));
      account = charged.account();
      BilledUsage billed =
          charged.outputs().stream()
              .filter(BilledUsage.class::isInstance)
              .map(BilledUsage.class::cast)
              .findFirst()
              .orElseThrow();
      assertThat(quote.get("amount").textValue()).isEqualTo(billed.amount().toString());
      assertThat(quote.get("lines").size()).isEqualTo(billed.priced().lines().size());
    }
    assertThat(account.months()).hasSize(1);
    assertThat(account.totals().billed().signum()).isPositive();
  }

  @Test
  void quotesAnOrganisationForItselfAlone() {
    instance.ledger.bill("acme", "1");
    instance.ledger.bill("other", "1");
    String meters = "\"model\":\"gpt-4.1\",\"meters\":{\"input_tokens\":1}}";

    HttpResponse<String> others = ask(Fleet.OTHER, "{\"org\":\"acme\"," + meters);
    assertThat(others.statusCode()).isEqualTo(404);
    assertThat(others.body()).contains("UNKNOWN_ORGANISATION");
    HttpResponse<String> book = ask(Fleet.OTHER, "{\"book\":\"gptbots\"," + meters);
    assertThat(book.statusCode()).isEqualTo(403);
    assertThat(book.body()).contains("OPERATORS_ONLY", "leave it out");
    assertThat(instance.ledger.questions()).isEmpty();
    assertThat(ask(Fleet.OPERATOR, "{\"org\":\"nobody\"," + meters).statusCode()).isEqualTo(404);
    assertThat(ask(Fleet.OTHER, "{" + meters).statusCode()).isEqualTo(200);
  }

  @Test
  void refusesABookInAnotherUnitThanTheBalance() {
    instance.ledger.bill("acme", "1");
    instance.ledger.charge(
        new PriceTerms("rahiana", "credit", ZoneOffset.UTC, Map.of(), List.of()));

    HttpResponse<String> answer =
        ask(Fleet.ACME, "{\"model\":\"openai/gpt-4o\",\"meters\":{\"input_tokens\":1}}");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .contains("book rahiana is in USD and the organisation's balance in credit");
  }

  @Test
  void asksTheOwnerForTheTermsAndSaysHowOldThoseOfAStandbyAre() throws JsonProcessingException {
    Fleet.Member owner = fleet.start();
    owner.ledger.bill("acme", "1");
    instance.place = new Place.Assigned(0, owner.self(), List.of());
    String call = "{\"model\":\"gpt-4.1\",\"meters\":{\"input_tokens\":1}}";
    assertThat(ok(Fleet.ACME, call).get("provisional").booleanValue()).isTrue();
    assertThat(owner.ledger.questions()).containsExactly("acme owner");

    instance.ledger.bill("acme", "1");
    instance.ledger.demote(3);
    instance.place =
        new Place.Assigned(
            0, new Instance("127.0.0.1", Fleet.freePort()), List.of(instance.self()));
    assertThat(ok(Fleet.ACME, call).at("/standby/lag_records").longValue()).isEqualTo(3);
    HttpResponse<String> fresh = ask("?max_lag=2", Fleet.ACME, call);
    assertThat(fresh.statusCode()).isEqualTo(503);
    assertThat(fresh.headers().firstValue("Retry-After")).contains("1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "400 | [] | the body is no JSON object; send one with org, book, model",
        "400 | {\"modle\":\"m\"} | the body has \\\"modle\\\"; allowed are org, book, model",
        "400 | {\"model\":\"gpt-4.1\"} | nothing is used; say how much",
        "400 | {\"model\":4,\"meters\":{\"input_tokens\":1}} | model is no JSON string",
        "400 | {\"model\":\" \",\"meters\":{\"input_tokens\":1}} | model has 1 characters; 1 to 200",
        "400 | {\"model\":\"m\",\"meters\":[]} | meters is no JSON object",
        "400 | {\"model\":\"m\",\"meters\":{\"input_token\":1}} | which is no meter; the nearest are input_tokens",
        "400 | {\"model\":\"m\",\"meters\":{\"input_tokens\":1.5}} | meters.input_tokens is no decimal",
        "400 | {\"model\":\"m\",\"meters\":{\"input_tokens\":\"x\"}} | meters.input_tokens is no decimal",
        "400 | {\"model\":\"m\",\"meters\":{\"input_tokens\":-1}} | meters.input_tokens: quantity is -1; 0 to",
        "400 | {\"model\":\"m\",\"meters\":{\"input_tokens\":\"1e999999999\"}} | quantity is over 10^40",
        "400 | {\"model\":\"m\",\"images\":{}} | images is no list of at most 1000",
        "400 | {\"model\":\"m\",\"images\":[{\"width\":0,\"height\":1}]} | width or height is missing or no",
        "400 | {\"model\":\"m\",\"images\":[{\"w\":1}]} | an image has \\\"w\\\"; allowed are width, height, detail",
        "400 | {\"model\":\"m\",\"images\":[{\"width\":1,\"height\":1,\"detail\":\"x\"}]} | low, high, original or auto",
        "400 | {\"key_mode\":\"mine\"} | key_mode is \\\"mine\\\"; PLATFORM or OWN is allowed",
        "400 | {\"at\":\"now\"} | at is no time of RFC 3339",
        "400 | {\"billing_type\":\"CHAT\"} | billing_type is CHAT; allowed: LLM_TEXT_CHAT",
        "400 | {\"attributes\":{\"a\":1}} | attributes.a is no JSON string",
        "400 | {\"body\":{}} | body and path go together",
        "400 | {\"path\":\"/v1/chat/completions\",\"body\":\"{}\"} | body and path go together",
        "400 | {\"org\":\"acme\",\"book\":\"gptbots\",\"meters\":{\"images\":1}} | leave one out",
        "404 | {\"book\":\"gptbot\",\"meters\":{\"images\":1}} | there is no book gptbot; there are gilas",
        "404 | {\"model\":\"gpt-4.11\",\"meters\":{\"input_tokens\":1}} | the nearest names are gpt-4.1,",
        "422 | {\"model\":\"gpt-4.1\",\"meters\":{\"training_tokens\":1}} | has no rate for training_tokens",
        "422 | {\"model\":\"gpt-4.1\",\"at\":\"2001-01-01T00:00:00Z\",\"meters\":{\"input_tokens\":1}} | has no price for model gpt-4.1 at 2001-01-01T00:00:00Z",
      })
  void refusesWhatCannotBeQuotedAndSaysWhy(int status, String body, String why) {
    HttpResponse<String> answer = ask(Fleet.OPERATOR, body);
    assertThat(answer.body()).contains(why);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains(Problem.CONTENT_TYPE);
  }

  @Test
  void showsNothingOfATextThatItRefuses() {
    String secret = "\"messages\":[{\"role\":\"user\",\"content\":\"tell nobody\"}]";
    for (String body :
        List.of(
            "{\"text\":\"tell nobody\"",
            "{\"text\":\"tell nobody\",\"model\":\"none\"}",
            "{\"path\":\"/nowhere\",\"body\":{" + secret + "}}",
            "{\"path\":\"/v1/chat/completions\",\"body\":{\"model\":7," + secret + "}}")) {
      HttpResponse<String> answer = ask(Fleet.OPERATOR, body);
      assertThat(answer.statusCode()).as(answer.body()).isIn(400, 404, 422);
      assertThat(answer.body()).doesNotContain("tell nobody");
    }
  }

  private static ConfigureOrg settings() {
    ConfigureOrg unchanged = ConfigureOrg.unchanged();
    return new ConfigureOrg(
        "own",
        unchanged.zone(),
        unchanged.lowBalance(),
        unchanged.quotas(),
        unchanged.overdraft(),
        unchanged.entitlementBasis(),
        unchanged.billingBasis(),
        unchanged.failurePolicy(),
        Map.of("our model", "steep"),
        unchanged.usageDimensions());
  }

  private Transition apply(Ledger ledger, Account account, long offset, Fact fact) {
    return ledger.apply(
        account,
        key -> Optional.empty(),
        new Entry(
            account.orgId(),
            new JournalPosition(0, offset, FixedLedger.NOON),
            new Origin("usage.records", 0, offset),
            new ContentHash(1, offset),
            fact),
        instance.prices);
  }

  private static Metered usage(int i, String quantity) {
    return new Metered(
        new MeasuredUsage(
            new UsageId("u" + i),
            Map.of(),
            null,
            "our model",
            KeyMode.PLATFORM,
            null,
            FixedLedger.NOON,
            new MeterReading(
                Meter.INPUT_TOKENS,
                new Quantity(new BigDecimal(quantity)),
                Provenance.REPORTED,
                Map.of()),
            Set.of(),
            Map.of()));
  }

  /** Of a month 20 tokens are included, the next 30 cost 0.5 each, and those after them a third. */
  private static ModelPrices steep() {
    Rate rate =
        new Rate(
            Meter.INPUT_TOKENS,
            new BigDecimal("0.5"),
            BigDecimal.ONE,
            Map.of(),
            Rounding.NONE,
            new Tiers(
                Tiers.Kind.GRADUATED,
                BigDecimal.valueOf(20),
                List.of(
                    new Tiers.Step(BigDecimal.valueOf(50), new BigDecimal("0.333333333333333333"))),
                ""));
    return new ModelPrices(
        "own",
        "EUR",
        "steep",
        List.of(),
        List.of(new PriceVersion("v1", Instant.EPOCH, null, Instant.EPOCH, List.of(rate))));
  }

  private JsonNode ok(String token, String body) throws JsonProcessingException {
    HttpResponse<String> answer = ask(token, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private HttpResponse<String> ask(String token, String body) {
    return ask("", token, body);
  }

  private HttpResponse<String> ask(String query, String token, String body) {
    return instance.send(
        HttpRequest.newBuilder(URI.create("http://" + instance.self() + "/v1/quote" + query))
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }
}
