package io.tokenmeter.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tokenmeter.app.audit.AuditReport;
import io.tokenmeter.app.demo.DemoOrg;
import io.tokenmeter.app.demo.DemoTraffic;
import io.tokenmeter.embedded.SharedBroker;
import io.tokenmeter.query.access.AccessToken;
import io.tokenmeter.query.access.Scope;
import io.tokenmeter.rated.book.ShippedBooks;
import io.tokenmeter.raw.OrgId;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** The pipeline on the shared broker, through which the demo's traffic went, and rests since. */
final class ConsoleStand implements AutoCloseable {
  private static final int RATE = 400;
  private static final int HOURS = 23;
  private static final Duration STARTING = Duration.ofMinutes(2);
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, String> tokens = new TreeMap<>();
  private final String operator = AccessToken.fresh();
  private final TokenmeterConfig config;
  private RunningStages stages;

  private ConsoleStand(Path directory, String prefix) {
    List<String> lines = new ArrayList<>();
    lines.add(AccessToken.line(operator, new Scope.Operator()));
    for (DemoOrg org : DemoOrg.ALL) {
      tokens.put(org.id(), AccessToken.fresh());
      lines.add(
          AccessToken.line(tokens.get(org.id()), new Scope.Organisation(new OrgId(org.id()))));
    }
    Map<String, String> settings = new HashMap<>();
    settings.put(ConfigKeys.BOOTSTRAP_SERVERS, SharedBroker.bootstrapServers());
    settings.put(ConfigKeys.SCHEMA_REGISTRY_URL, SharedBroker.registryUrl());
    settings.put("topic.prefix", prefix);
    settings.put("application.id.prefix", prefix + "app");
    settings.put(ConfigKeys.PARTITIONS, "2");
    settings.put(ConfigKeys.ANSWER_WAIT, "5s");
    settings.put(ConfigKeys.HTTP_LISTEN, "127.0.0.1:0");
    settings.put(ConfigKeys.STATE_DIR, directory.resolve("state").toString());
    settings.put(ConfigKeys.HTTP_TOKENS, lines.stream().collect(Collectors.joining(",")));
    config = TokenmeterConfig.of(settings);
    try (TopicSetup topics = new TopicSetup(config)) {
      topics.create();
    }
    try (Publisher publisher = new Publisher(config)) {
      ShippedBooks.read("gptbots")
          .prices(Instant.now())
          .forEach(model -> Stand.publish(publisher, model));
    }
    stages = RunningStages.start(config, Stage.ALL);
  }

  /** Starts it, without any traffic. */
  static ConsoleStand start(Path directory, String prefix) {
    ConsoleStand stand = new ConsoleStand(directory, prefix);
    try {
      Awaitility.await().atMost(STARTING).until(stand.stages::isRunning);
      return stand;
    } catch (RuntimeException e) {
      stand.close();
      throw e;
    }
  }

  /** Starts it, and sends so many of the demo's exchanges through. */
  static ConsoleStand after(int exchanges, Path directory, String prefix) {
    ConsoleStand stand = start(directory, prefix);
    try (DemoRun run = stand.run()) {
      run.send(new DemoTraffic(1), exchanges, RATE);
      settle(run);
      return stand;
    } catch (RuntimeException | AssertionError e) {
      stand.close();
      throw e;
    }
  }

  /**
   * Sends traffic as if the demo had run for a day, and starts anew in between, so that what the
   * instance counts of itself is of the present.
   *
   * @param anHour exchanges in each of the hours before this one, now more, now less
   * @param exchanges now, at a rate a second
   */
  void sendADay(int anHour, int exchanges, int rate) {
    DemoTraffic traffic = new DemoTraffic(1);
    Instant begun = Instant.now().minus(Duration.ofHours(HOURS));
    try (DemoRun run = run()) {
      run.open(begun);
      for (int hour = 0; hour < HOURS; hour++) {
        Instant from = begun.plus(Duration.ofHours(hour));
        for (int k = 0; k < anHour * (2 + hour * 7 % 5) / 4; k++) {
          run.send(traffic.next(from.plusSeconds(k)));
        }
      }
      settle(run);
      stages.close();
      stages = RunningStages.start(config, Stage.ALL);
      Awaitility.await().atMost(STARTING).until(stages::isRunning);
      run.go(traffic, run.exchanges() + exchanges, rate);
      settle(run);
    }
  }

  private DemoRun run() {
    PrintWriter unseen = new PrintWriter(Writer.nullWriter());
    return new DemoRun(config, new DemoScreen(unseen, new OutputOptions(), false), () -> false);
  }

  private static void settle(DemoRun run) {
    AuditReport report = run.drain();
    if (!report.passed() || report.waiting() > 0) {
      throw new AssertionError("the traffic didn't come to its end: " + report);
    }
  }

  String url() {
    return stages.url();
  }

  String operator() {
    return operator;
  }

  String token(String org) {
    return tokens.get(org);
  }

  /** What the API answers an operator. */
  JsonNode ask(String target) {
    return json(text(target));
  }

  String text(String target) {
    HttpResponse<String> answer = send(request(target));
    if (answer.statusCode() != 200) {
      throw new AssertionError(target + " is answered with " + answer.body());
    }
    return answer.body();
  }

  /** What a counter or gauge of the instance's stands at, over all labels that hold a text. */
  long metric(String name, String label) {
    return text("/metrics")
        .lines()
        .filter(line -> line.startsWith(name + "{") && line.contains(label))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Posts an adjustment and waits until the ledger has carried it out. */
  void adjust(String org, String key, String amount) {
    HttpResponse<String> answer =
        send(
            request("/v1/orgs/" + org + "/adjustments")
                .header("Idempotency-Key", key)
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"amount\":\"" + amount + "\",\"reason\":\"a test's\"}")));
    if (answer.statusCode() != 201) {
      throw new AssertionError(answer.body());
    }
  }

  private HttpRequest.Builder request(String target) {
    return HttpRequest.newBuilder(URI.create(url() + target))
        .header("Authorization", "Bearer " + operator);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(
          request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }

  @Override
  public void close() {
    stages.close();
  }
}
