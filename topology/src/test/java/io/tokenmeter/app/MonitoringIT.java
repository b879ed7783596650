package io.tokenmeter.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.tokenmeter.embedded.SharedBroker;
import io.tokenmeter.query.access.AccessToken;
import io.tokenmeter.query.access.Scope;
import io.tokenmeter.topics.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The alert rules and the dashboard ask for what is really there: each metric that they name stands
 * in the answer of a running instance, with the labels that they name.
 */
@ExtendWith(SharedBroker.class)
class MonitoringIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Path FOLDER = Path.of(System.getProperty("tokenmeter.root"), "monitoring");
  private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z_]+)(?:\\{(.*)})? [^ ]+$");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"(?:[^\"\\\\]|\\\\.)*\"");
  private static final Pattern ASKED =
      Pattern.compile("\\b((?:tokenmeter|kafka)_[a-z_]+)(?:\\{([^}]*)})?");
  private static final Pattern MATCHED = Pattern.compile("([a-z_]+) *(?:=~|!~|!=|=)");
  private static final Pattern GROUPED = Pattern.compile("\\b(?:by|on) *\\(([^)]*)\\)");

  /** What Prometheus puts on every sample by itself. */
  private static final Set<String> OF_THE_SCRAPE = Set.of("instance", "job");

  private static final String TOKEN = AccessToken.fresh();
  private static final String EXCHANGE =
      "{\"id\":\"a\",\"provider\":\"openai\",\"path\":\"/v1/chat/completions\",\"status\":200,"
          + "\"request_body\":\"{\\\"model\\\":\\\"gpt-4.1\\\",\\\"messages\\\":[{\\\"role\\\":"
          + "\\\"user\\\",\\\"content\\\":\\\"How are you?\\\"}]}\","
          + "\"response_body\":\"{\\\"model\\\":\\\"gpt-4.1\\\",\\\"choices\\\":[{\\\"message\\\":"
          + "{\\\"content\\\":\\\"Well.\\\"}}],\\\"usage\\\":{\\\"prompt_tokens\\\":11,"
          + "\\\"completion_tokens\\\":2,\\\"total_tokens\\\":13}}\"}\n";

  @TempDir private Path directory;

  @Test
  void everyMetricThatIsAskedForIsThereWithItsLabels() throws Exception {
    Shell shell =
        new Shell(MonitoringIT.class, directory.resolve("state"))
            .with("http.tokens", AccessToken.line(TOKEN, new Scope.Operator()));
    TokenmeterConfig config = shell.config();
    shell.fine("topics", "create");
    Path books = Path.of(System.getProperty("tokenmeter.root"), "books", "gptbots.yaml");
    shell.fine("prices", "apply", books.toString());
    Map<String, Set<String>> shown;
    try (RunningStages stages = RunningStages.start(config, Stage.ALL)) {
      until("it answers", () -> get(stages.url() + "/readyz").statusCode() == 200);
      try (Publisher publisher = new Publisher(config)) {
        publisher.sendBytes(
            Topics.USAGE_RECORDS, "k", "no Avro at all".getBytes(StandardCharsets.UTF_8));
        publisher.flush();
      }
      Path exchanges = Files.writeString(directory.resolve("exchanges.jsonl"), EXCHANGE);
      shell.fine("produce", exchanges.toString(), "--org", "acme");
      until("it is billed", () -> Stand.records(config, Topics.USAGE_BILLED).size() == 1);
      until("it is refused", () -> Stand.records(config, Topics.USAGE_REJECTED).size() == 1);
      String scraped = get(stages.url() + "/metrics").body();
      assertThat(scraped)
          .contains("tokenmeter_held_amount{unit=\"credit\"} 0.0")
          .contains("tokenmeter_holds_opened_total{unit=\"credit\"} 1.0")
          .contains("tokenmeter_holds_ended_total{unit=\"credit\"} 1.0")
          .containsPattern("tokenmeter_store_entries\\{store=\"accounts\"} [1-9]")
          .containsPattern("tokenmeter_store_size_bytes\\{store=\"usage-daily\"} [1-9]");
      shown = shown(scraped);
      assertThat(documented()).isEqualTo(ours(scraped));
    }
    for (String expression : expressions()) {
      assertThere(expression, shown);
    }
  }

  /** Of every sample its labels, by metric. */
  private static Map<String, Set<String>> shown(String scraped) {
    Map<String, Set<String>> shown = new HashMap<>();
    Matcher samples = SAMPLE.matcher(scraped);
    while (samples.find()) {
      Set<String> labels = shown.computeIfAbsent(samples.group(1), name -> new HashSet<>());
      if (samples.group(2) != null) {
        LABEL.matcher(samples.group(2)).results().forEach(label -> labels.add(label.group(1)));
      }
    }
    return shown;
  }

  /** The metrics of ours in an answer. */
  private static Set<String> ours(String scraped) {
    Set<String> ours = new TreeSet<>();
    Pattern.compile("(?m)^# TYPE (tokenmeter_[a-z_]+) ")
        .matcher(scraped)
        .results()
        .map(type -> type.group(1))
        // The largest of late stands beside a histogram and needs no line of its own.
        .filter(name -> !name.endsWith("_seconds_max"))
        .forEach(ours::add);
    return ours;
  }

  /** The metrics of which the operators' document has a line. */
  private static Set<String> documented() throws IOException {
    Set<String> documented = new TreeSet<>();
    Path document = Path.of(System.getProperty("tokenmeter.root"), "docs", "operating.md");
    for (String line : Files.readAllLines(document)) {
      if (line.startsWith("| `tokenmeter_")) {
        Pattern.compile("`(tokenmeter_[a-z_]+)`")
            .matcher(line.substring(0, line.indexOf('|', 1)))
            .results()
            .forEach(name -> documented.add(name.group(1)));
      }
    }
    return documented;
  }

  private static void assertThere(String expression, Map<String, Set<String>> shown) {
    Set<String> labels = new HashSet<>(OF_THE_SCRAPE);
    List<MatchResult> asked = ASKED.matcher(expression).results().toList();
    assertThat(asked).as(expression).isNotEmpty();
    for (MatchResult metric : asked) {
      assertThat(shown).as(expression).containsKey(metric.group(1));
      Set<String> own = shown.get(metric.group(1));
      labels.addAll(own);
      if (metric.group(2) != null) {
        assertThat(own).as(metric.group()).containsAll(names(MATCHED, metric.group(2)));
      }
    }
    GROUPED
        .matcher(expression)
        .results()
        .forEach(
            group ->
                assertThat(labels)
                    .as(expression)
                    .contains(group.group(1).strip().split(" *, *", -1)));
  }

  private static Set<String> names(Pattern pattern, String text) {
    Set<String> names = new HashSet<>();
    pattern.matcher(text).results().forEach(match -> names.add(match.group(1)));
    return names;
  }

  /** All that is asked of Prometheus. */
  private static List<String> expressions() throws IOException {
    List<String> expressions = new ArrayList<>();
    JsonNode rules =
        new ObjectMapper(new YAMLFactory()).readTree(FOLDER.resolve("alerts.yml").toFile());
    rules
        .get("groups")
        .forEach(group -> group.get("rules").forEach(r -> expressions.add(r.get("expr").asText())));
    JsonNode dashboard = new ObjectMapper().readTree(FOLDER.resolve("dashboard.json").toFile());
    dashboard
        .get("panels")
        .forEach(
            panel -> panel.get("targets").forEach(t -> expressions.add(t.get("expr").asText())));
    assertThat(expressions).hasSizeGreaterThan(25);
    return expressions;
  }

  private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + TOKEN)
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static void until(String what, Callable<Boolean> condition) {
    Awaitility.await(what).atMost(PATIENCE).until(condition);
  }
}
