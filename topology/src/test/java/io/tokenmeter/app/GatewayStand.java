package io.tokenmeter.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenmeter.measured.Meter;
import io.tokenmeter.query.access.AccessToken;
import io.tokenmeter.query.access.Scope;
import io.tokenmeter.rated.ModelPrices;
import io.tokenmeter.rated.PriceVersion;
import io.tokenmeter.rated.Rate;
import io.tokenmeter.raw.OrgId;
import io.tokenmeter.topics.Topics;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** An installation that gateways without Kafka publish to, with prices that leave no digit out. */
final class GatewayStand implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofMinutes(2);
  static final String MODEL = "gpt-4.1";
  static final String GATEWAY = AccessToken.fresh();
  static final String OPERATOR = AccessToken.fresh();
  static final String ACME = AccessToken.fresh();

  /** Of 1000 tokens of input, of which 200 were cached, and 77 of output. */
  static final BigDecimal A_CALL = new BigDecimal("0.0040007");

  /** What a provider answers that reports so many. */
  static final String ANSWER =
      "{\"model\":\"gpt-4.1\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
          + "\"content\":\"Bonjour\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1000,"
          + "\"completion_tokens\":77,\"total_tokens\":1077,"
          + "\"prompt_tokens_details\":{\"cached_tokens\":200}}}";

  private static final Pattern METERED =
      Pattern.compile(
          "(?m)^tokenmeter_metered_total\\{topic=\"[^\"]*(?:llm|usage)\\.\\w+\"} (\\d+)");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Shell shell;
  private final TokenmeterConfig config;
  private final RunningStages stages;

  GatewayStand(Class<?> test, Path state) {
    shell =
        new Shell(test, state)
            .with("default.book", Stand.BOOK)
            .with(
                "http.tokens",
                AccessToken.line(OPERATOR, new Scope.Operator())
                    + ","
                    + AccessToken.line(GATEWAY, new Scope.Gateway())
                    + ","
                    + AccessToken.line(ACME, new Scope.Organisation(new OrgId("acme"))));
    config = shell.config();
    shell.fine("topics", "create");
    try (Publisher publisher = new Publisher(config)) {
      Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
      Stand.publish(publisher, Stand.prices("0.5", now));
      Stand.publish(publisher, prices(now));
    }
    stages = RunningStages.start(config, Stage.ALL);
    Awaitility.await("it runs").atMost(PATIENCE).until(stages::isRunning);
  }

  private static ModelPrices prices(Instant publishedAt) {
    PriceVersion version =
        new PriceVersion(
            "v1",
            Instant.EPOCH,
            null,
            publishedAt,
            List.of(
                rate(Meter.INPUT_TOKENS, "0.0000037"),
                rate(Meter.CACHED_INPUT_TOKENS, "0.00000093"),
                rate(Meter.CACHE_WRITE_5M_TOKENS, "0.0000041"),
                rate(Meter.OUTPUT_TOKENS, "0.0000111"),
                rate(Meter.REASONING_TOKENS, "0.0000113")));
    return new ModelPrices(Stand.BOOK, "credit", MODEL, List.of(), List.of(version));
  }

  private static Rate rate(Meter meter, String price) {
    return new Rate(meter, new BigDecimal(price), BigDecimal.ONE, Map.of());
  }

  String url() {
    return stages.url();
  }

  /** Posts as a gateway. */
  HttpResponse<String> post(String path, String type, byte[] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url() + path))
            .header("Authorization", "Bearer " + GATEWAY)
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  HttpResponse<String> post(String path, String type, String body) {
    return post(path, type, body.getBytes(StandardCharsets.UTF_8));
  }

  HttpResponse<String> get(String path, String token) {
    return send(
        HttpRequest.newBuilder(URI.create(url() + path))
            .header("Authorization", "Bearer " + token));
  }

  static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits until an organisation has been billed so much, to the last digit. */
  void awaitBilled(String org, BigDecimal amount) {
    String plain = amount.stripTrailingZeros().toPlainString();
    Awaitility.await(org + " is billed " + plain)
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(JSON.readTree(balance(org)).path("billed").asText()).isEqualTo(plain));
  }

  private String balance(String org) {
    return get("/v1/orgs/" + org + "/balance", OPERATOR).body();
  }

  /** The newest charges of an organisation, with all that they were made of. */
  JsonNode charges(String org) {
    try {
      return JSON.readTree(get("/v1/orgs/" + org + "/charges?limit=100", OPERATOR).body())
          .path("charges");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits until all that stands on the raw topics is metered, and audits it. */
  String audited() {
    int raw =
        Stand.records(config, Topics.LLM_REQUESTS).size()
            + Stand.records(config, Topics.LLM_RESPONSES).size()
            + Stand.records(config, Topics.USAGE_RECORDS).size();
    Awaitility.await("all " + raw + " are metered").atMost(PATIENCE).until(() -> metered() == raw);
    stages.close();
    return shell.fine("audit");
  }

  private long metered() {
    Matcher matcher = METERED.matcher(get("/metrics", OPERATOR).body());
    long sum = 0;
    while (matcher.find()) {
      sum += Long.parseLong(matcher.group(1));
    }
    return sum;
  }

  @Override
  public void close() {
    stages.close();
  }
}
