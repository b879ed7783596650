package io.tokenmeter.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.app.WatchingAuthorizer.Request;
import io.tokenmeter.embedded.SharedBroker;
import io.tokenmeter.query.access.AccessToken;
import io.tokenmeter.query.access.Scope;
import io.tokenmeter.topics.TopicPrefix;
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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.internals.PluginMetricsImpl;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.metadata.authorizer.StandardAcl;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.AuthorizationResult;
import org.apache.kafka.tools.AclCommand;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * With the rights that {@code topics acls} prints, and no others, everything works: from topics
 * that aren't there to charges, queries and each of the operators' commands. Kafka's own
 * kafka-acls.sh gives the rights, Kafka's own authorizer holds everybody to them.
 *
 * <p>And none is too many: for each right, something that its party asked of the brokers in that
 * run is put to the authorizer again with that right left out, and is denied.
 */
@ExtendWith(SharedBroker.class)
class AclIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String TOKEN = AccessToken.fresh();
  private static final String GATEWAY_TOKEN = AccessToken.fresh();
  private static final String EXCHANGE =
      "{\"id\":\"a\",\"provider\":\"openai\",\"path\":\"/v1/chat/completions\",\"status\":200,"
          + "\"request_body\":\"{\\\"model\\\":\\\"shelf-2\\\",\\\"messages\\\":[]}\","
          + "\"response_body\":\"{\\\"model\\\":\\\"shelf-2\\\",\\\"choices\\\":[],\\\"usage\\\":"
          + "{\\\"prompt_tokens\\\":1000,\\\"completion_tokens\\\":0,"
          + "\\\"total_tokens\\\":1000}}\"}\n";

  @TempDir private Path directory;
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final TopicPrefix prefix = SharedBroker.prefix(AclIT.class);
  private SecuredBroker broker;

  @Test
  void theListedRightsAreEnoughAndEachIsNeeded() throws Exception {
    try (SecuredBroker secured = new SecuredBroker(directory.resolve("broker"))) {
      broker = secured;
      Shell.Ran unknown = shell("nobody").run("topics", "check");
      assertThat(unknown.code()).isEqualTo(3);
      assertThat(unknown.err())
          .contains(" don't let us in: ", "kafka.sasl.*")
          .doesNotContain("the password of");
      Shell.Ran refused = as(Party.TOPICS).run("topics", "create");
      assertThat(refused.code()).isEqualTo(3);
      assertThat(refused.err())
          .endsWith("; `tokenmeter topics acls` prints what each party must be allowed\n");

      give(as(Party.TOPICS).fine("topics", "acls", "--command-config", adminFile()));
      runEverything();
    }
    List<Right> rights = Rights.of(as(Party.TOPICS).config(), "new");
    List<Request> allowed =
        WatchingAuthorizer.allowed().stream()
            .filter(request -> parties().containsKey(request.principal()))
            .toList();
    assertThat(denied(rights, allowed)).as("by the list as it is").isEmpty();
    for (Right right : rights) {
      List<Right> fewer = new ArrayList<>(rights);
      fewer.remove(right);
      assertThat(denied(fewer, allowed))
          .as("what is denied without " + right)
          .isNotEmpty()
          .allMatch(request -> parties().get(request.principal()) == right.party());
    }
  }

  private void runEverything() throws Exception {
    as(Party.TOPICS).fine("topics", "create");
    as(Party.TOPICS).fine("topics", "check");
    as(Party.PRICES).fine("prices", "apply", book("0.5", Stand.MODEL).toString());
    TokenmeterConfig measures = as(Party.MEASURE).config();
    TokenmeterConfig keeps =
        as(Party.LEDGER)
            .with(
                "http.tokens",
                AccessToken.line(TOKEN, new Scope.Operator())
                    + ","
                    + AccessToken.line(GATEWAY_TOKEN, new Scope.Gateway()))
            .config();
    RunCommand.requireTopics(measures, Stage.MEASURE);
    RunCommand.requireTopics(keeps, Stage.LEDGER);
    try (RunningStages measure = RunningStages.start(measures, Stage.MEASURE);
        RunningStages ledger = RunningStages.start(keeps, Stage.LEDGER)) {
      until("both run", () -> measure.isRunning() && ledger.isRunning());
      publish();
      until("usage is billed", () -> count(Topics.USAGE_BILLED) == 1);
      until("its line is there", () -> count(Topics.USAGE_CHARGES) == 1);
      until("a level is crossed", () -> count(Topics.EVENTS_LOW_BALANCE) > 0);
      until("a quota is exceeded", () -> count(Topics.EVENTS_QUOTA_EXCEEDED) > 0);
      until("late usage is parked", () -> count(Topics.USAGE_UNMATCHED) == 1);
      until("a call without a price too", () -> count(Topics.USAGE_UNPRICED) == 1);
      until("what is broken is refused", () -> count(Topics.USAGE_REJECTED) == 4);

      as(Party.PRICES).fine("prices", "apply", book("0.5", Stand.MODEL, "shelf-2").toString());
      until("it bills when its price is there", () -> count(Topics.USAGE_BILLED) == 2);
      as(Party.REPLAY).fine("replay", "--accept-late");
      until("late usage is billed", () -> count(Topics.USAGE_BILLED) == 3);
      rerate();
      overHttp(ledger.url());
      until("what came by HTTP is billed", () -> count(Topics.USAGE_BILLED) == 5);
      consume();
      as(Party.GATEWAY).fine("events");
      as(Party.AUDIT).fine("audit");
      as(Party.REBUILD).fine("rebuild", "--into", "new");

      takeAway();

      send(Party.REPLAY, Topics.LEDGER_JOURNAL);
      until("that is refused", () -> count(Topics.USAGE_REJECTED) == 5);
      as(Party.REPLAY).fine("replay");
      // Letters, a mark of each, and all of them again.
      until("they are refused again", () -> count(Topics.USAGE_REJECTED) == 15);
    }
  }

  private void publish() throws IOException {
    as(Party.OPERATOR).fine("org", "acme", "--low-balance", "9", "--quota", "daily:day:1");
    as(Party.OPERATOR).fine("grant", "acme", "10", "--id", "first");
    until("the grant is there", () -> count(Topics.LEDGER_BALANCES) > 0);
    Path exchanges = Files.writeString(directory.resolve("exchanges.jsonl"), EXCHANGE);
    as(Party.GATEWAY).fine("produce", exchanges.toString(), "--org", "acme");
    try (Publisher gateway = new Publisher(as(Party.GATEWAY).config())) {
      gateway.send(
          Topics.USAGE_RECORDS, "k", Stand.usage("acme", "fresh", 10, now.minusSeconds(600)));
      gateway.send(
          Topics.USAGE_RECORDS,
          "k",
          Stand.usage("acme", "late", 4, now.minus(Duration.ofHours(30))));
      gateway.flush();
    }
    send(Party.GATEWAY, Topics.LLM_REQUESTS);
    send(Party.GATEWAY, Topics.LLM_RESPONSES);
    send(Party.GATEWAY, Topics.USAGE_RECORDS);
    send(Party.OPERATOR, Topics.LEDGER_COMMANDS);
  }

  /** Something that no stage can read. */
  private void send(Party party, Topics topic) {
    try (Publisher publisher = new Publisher(as(party).config())) {
      publisher.sendBytes(topic, "k", "no Avro at all".getBytes(StandardCharsets.UTF_8));
      publisher.flush();
    }
  }

  private void rerate() throws IOException {
    String cheaper = book("0.25", Stand.MODEL).toString();
    String[] command = {
      "rerate",
      "--from",
      now.minusSeconds(3600).toString(),
      "--to",
      now.minusSeconds(60).toString(),
      "--book",
      cheaper
    };
    assertThat(as(Party.RERATE).fine(command)).endsWith("adjusted by 2.5 credit; 0 was before\n");
  }

  /** What is left out is missed where it is used, told as such, and fine again when given. */
  private void takeAway() throws Exception {
    AclBinding commands =
        new AclBinding(
            new ResourcePattern(
                ResourceType.TOPIC, Topics.LEDGER_COMMANDS.name(prefix), PatternType.LITERAL),
            new AccessControlEntry(
                "User:" + Party.OPERATOR.word(), "*", AclOperation.WRITE, AclPermissionType.ALLOW));
    try (Admin admin = Admin.create(shell(SecuredBroker.ADMIN).config().kafka())) {
      assertThat(admin.deleteAcls(List.of(commands.toFilter())).all().get()).hasSize(1);
      until(
          "the right is gone",
          () -> as(Party.OPERATOR).run("grant", "acme", "1", "--id", "second").code() == 3);
      assertThat(as(Party.OPERATOR).run("grant", "acme", "1", "--id", "second").err())
          .contains("Not authorized to access topics: [" + Topics.LEDGER_COMMANDS.name(prefix));
      admin.createAcls(List.of(commands)).all().get();
      until(
          "the right is back",
          () -> as(Party.OPERATOR).run("grant", "acme", "1", "--id", "second").code() == 0);
    }
  }

  /** The ledger's instance takes a command and a batch, and tells of an event. */
  private void overHttp(String url) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    String batch =
        EXCHANGE.replace("\"id\":\"a\"", "\"id\":\"b\",\"org_id\":\"beta\",\"recorded_at\":\"%s\"")
            + "{\"type\":\"usage\",\"id\":\"c\",\"org_id\":\"beta\",\"occurred_at\":\"%s\","
            + "\"meter\":\"storage_token_days\",\"quantity\":\"1\",\"model\":\"shelf-1\"}\n";
    HttpRequest ingest =
        HttpRequest.newBuilder(URI.create(url + "/v1/ingest"))
            .header("Authorization", "Bearer " + GATEWAY_TOKEN)
            .header("Content-Type", "application/x-ndjson")
            .POST(HttpRequest.BodyPublishers.ofString(batch.formatted(now, now)))
            .build();
    HttpResponse<String> taken = client.send(ingest, HttpResponse.BodyHandlers.ofString());
    assertThat(taken.body()).contains("\"accepted\":2");
    HttpRequest grant =
        HttpRequest.newBuilder(URI.create(url + "/v1/orgs/beta/grants"))
            .header("Authorization", "Bearer " + TOKEN)
            .header("Idempotency-Key", "order-1")
            .POST(HttpRequest.BodyPublishers.ofString("{\"amount\":\"5\"}"))
            .build();
    assertThat(client.send(grant, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(201);
    String beginning = "low-balance/0=0,low-balance/1=0,quota-exceeded/0=0,quota-exceeded/1=0";
    HttpRequest events =
        HttpRequest.newBuilder(URI.create(url + "/v1/events"))
            .header("Authorization", "Bearer " + TOKEN)
            .header("Last-Event-ID", beginning)
            .build();
    Set<String> seen = new HashSet<>();
    try (Stream<String> lines = client.send(events, HttpResponse.BodyHandlers.ofLines()).body()) {
      lines
          .filter(line -> line.startsWith("event: "))
          .takeWhile(line -> !(seen.add(line) && seen.size() == 2))
          .forEach(line -> assertThat(line).isNotBlank());
    }
  }

  /** As a sink of Kafka Connect does, and as a gateway that keeps entitlements as a table. */
  private void consume() {
    Map<String, Object> sink = new HashMap<>(as(Party.WAREHOUSE).config().kafka());
    sink.put("group.id", Party.WAREHOUSE_GROUPS + "charges");
    sink.put("auto.offset.reset", "earliest");
    sink.put("isolation.level", "read_committed");
    List<String> topics =
        Stream.of(
                Topics.USAGE_BILLED,
                Topics.USAGE_CHARGES,
                Topics.LEDGER_BALANCES,
                Topics.EVENTS_LOW_BALANCE,
                Topics.EVENTS_QUOTA_EXCEEDED)
            .map(topic -> topic.name(prefix))
            .toList();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(sink, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(topics);
      Set<String> read = new HashSet<>();
      until(
          "the warehouse has read them all",
          () -> {
            consumer.poll(Duration.ofMillis(100)).forEach(record -> read.add(record.topic()));
            return read.size() == topics.size();
          });
      consumer.commitSync();
    }
    assertThat(Stand.records(as(Party.GATEWAY).config(), Topics.LEDGER_ENTITLEMENTS)).isNotEmpty();
  }

  private Path book(String price, String... models) throws IOException {
    StringBuilder yaml =
        new StringBuilder("book: %s\nunit: credit\nentries:\n".formatted(Stand.BOOK));
    for (String model : models) {
      yaml.append(
          """
            - model: %s
              from: 2020-01-01T00:00:00Z
              rates:
                - {meter: storage_token_days, price: %s, per: 1}
                - {meter: input_tokens, price: %s, per: 1000}
          """
              .formatted(model, price, price));
    }
    return Files.writeString(directory.resolve("book-" + price + models.length + ".yaml"), yaml);
  }

  /** The command line as one party uses it. */
  private Shell as(Party party) {
    return shell(party.word());
  }

  private Shell shell(String user) {
    Shell shell =
        new Shell(AclIT.class, directory.resolve("state"))
            .with("bootstrap.servers", broker.bootstrapServers())
            .with("topic.prefix", prefix.value())
            .with("application.id.prefix", "acl")
            .with("default.book", Stand.BOOK)
            .with("dedupe.horizon", "1h");
    broker.client(user).forEach((key, value) -> shell.with("kafka." + key, value));
    return shell;
  }

  private long count(Topics topic) {
    return Stand.records(shell(SecuredBroker.ADMIN).config(), topic).size();
  }

  private String adminFile() throws IOException {
    StringBuilder lines = new StringBuilder();
    broker.client(SecuredBroker.ADMIN).forEach((k, v) -> lines.append(k + "=" + v + "\n"));
    return Files.writeString(directory.resolve("admin.properties"), lines).toString();
  }

  /** Gives rights as a shell would that runs the printed lines. */
  private static void give(String lines) {
    assertThat(lines).doesNotContain("'");
    lines
        .lines()
        .forEach(
            line -> {
              String[] words = line.split(" ", -1);
              assertThat(words[0]).isEqualTo("kafka-acls.sh");
              AclCommand.main(Arrays.copyOfRange(words, 1, words.length));
            });
  }

  /** Parties by the principals that they have when none is named. */
  private static Map<String, Party> parties() {
    Map<String, Party> parties = new TreeMap<>();
    for (Party party : Party.values()) {
      parties.put("User:" + party.word(), party);
    }
    return parties;
  }

  /** Which requests Kafka's authorizer denies when it has these rights and no others. */
  private static List<Request> denied(List<Right> rights, List<Request> requests) {
    Map<Uuid, StandardAcl> acls = new HashMap<>();
    rights.forEach(
        right ->
            acls.put(
                Uuid.randomUuid(),
                new StandardAcl(
                    right.pattern().resourceType(),
                    right.pattern().name(),
                    right.pattern().patternType(),
                    "User:" + right.party().word(),
                    "*",
                    right.operation(),
                    AclPermissionType.ALLOW)));
    List<Request> denied = new ArrayList<>();
    try (Metrics metrics = new Metrics();
        PluginMetricsImpl ofPlugin = new PluginMetricsImpl(metrics, Map.of());
        StandardAuthorizer authorizer = new StandardAuthorizer()) {
      authorizer.withPluginMetrics(ofPlugin);
      authorizer.configure(Map.of());
      authorizer.loadSnapshot(acls);
      authorizer.completeInitialLoad();
      for (Request request : requests) {
        if (authorizer.authorize(request.context(), List.of(request.action())).get(0)
            == AuthorizationResult.DENIED) {
          denied.add(request);
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return denied;
  }

  private static void until(String what, Callable<Boolean> condition) {
    Awaitility.await(what).atMost(PATIENCE).until(condition);
  }
}
