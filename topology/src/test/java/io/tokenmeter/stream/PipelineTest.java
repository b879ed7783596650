package io.tokenmeter.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tokenmeter.events.LedgerRules;
import io.tokenmeter.ledger.CalendarWindow;
import io.tokenmeter.ledger.LedgerDefaults;
import io.tokenmeter.ledger.WindowTotals;
import io.tokenmeter.measured.Measure;
import io.tokenmeter.measured.Meter;
import io.tokenmeter.measured.count.Counters;
import io.tokenmeter.rated.ModelPrices;
import io.tokenmeter.rated.PriceVersion;
import io.tokenmeter.rated.Rate;
import io.tokenmeter.raw.OrgId;
import io.tokenmeter.raw.Scope;
import io.tokenmeter.schema.Balance;
import io.tokenmeter.schema.BilledUsage;
import io.tokenmeter.schema.ChargeLine;
import io.tokenmeter.schema.ConfigureOrg;
import io.tokenmeter.schema.Entitlement;
import io.tokenmeter.schema.GrantCredits;
import io.tokenmeter.schema.GrantKind;
import io.tokenmeter.schema.KeyMode;
import io.tokenmeter.schema.LedgerCommand;
import io.tokenmeter.schema.LlmRequest;
import io.tokenmeter.schema.LlmResponse;
import io.tokenmeter.schema.UnmatchedUsage;
import io.tokenmeter.schema.UnpricedUsage;
import io.tokenmeter.topics.TopicPrefix;
import io.tokenmeter.topics.Topics;
import io.tokenmeter.wire.PriceCodec;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole pipe, raw to events, through both topologies without a broker. */
class PipelineTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final TopicPrefix PREFIX = new TopicPrefix("");

  @TempDir Path state;
  private TopologyTestDriver measure;
  private TopologyTestDriver ledger;
  private final LivePrices prices = new LivePrices();
  private final AtomicInteger forgotten = new AtomicInteger();
  private Instant now = NOON;

  @BeforeEach
  void start() {
    RecordSerdes serdes = MemoryWire.serdes();
    measure =
        driver(
            "measure",
            MeasureTopology.build(
                PREFIX, serdes, new Measure(Counters.shared()), Conservation.NONE));
    ledger =
        driver(
            "ledger",
            LedgerTopology.build(
                PREFIX,
                serdes,
                LedgerRules.with(LedgerDefaults.of("test", "USD")),
                prices,
                LedgerStores.Retention.STANDARD,
                countingForgotten()));
  }

  @AfterEach
  void stop() {
    measure.close();
    ledger.close();
  }

  @Test
  void billsAnExchangeWhoseHalvesComeInOrder() {
    publishPrice("gpt-4o", "2.50", "10");
    grant("g1", "1");
    send(request("r1", "gpt-4o"));
    send(response("r1", "gpt-4o", 1000, 200));

    List<BilledUsage> billed = read(Topics.USAGE_BILLED, BilledUsage.class);
    assertThat(billed).hasSize(1);
    BilledUsage charge = billed.get(0);
    assertThat(charge.getAmount()).isEqualByComparingTo("0.0045");
    assertThat(charge.getBalanceBefore()).isEqualByComparingTo("1");
    assertThat(charge.getBalanceAfter()).isEqualByComparingTo("0.9955");
    assertThat(charge.getSequence()).isEqualTo(2);
    assertThat(charge.getLines()).hasSize(2);
    assertThat(read(Topics.USAGE_CHARGES, ChargeLine.class))
        .extracting(ChargeLine::getMeter)
        .containsExactly("input_tokens", "output_tokens");
    List<Balance> balances = read(Topics.LEDGER_BALANCES, Balance.class);
    assertThat(balances.get(balances.size() - 1).getBalance()).isEqualByComparingTo("0.9955");
    assertThat(read(Topics.LEDGER_ENTITLEMENTS, Entitlement.class))
        .extracting(e -> e.getDecision().name())
        .containsExactly("ALLOW");
  }

  @Test
  void forgetsAnIdAfterTheHorizonAndCountsIt() {
    publishPrice("gpt-4o", "2.50", "10");
    send(request("r1", "gpt-4o"));
    send(response("r1", "gpt-4o", 1000, 200));
    tick(Duration.ofDays(20));
    assertThat(forgotten).as("the journal's time has not moved").hasValue(0);
    send(request("r2", "gpt-4o"));
    tick(Forgetting.REST);
    assertThat(forgotten).hasValue(1);
  }

  @Test
  void billsOnceWhateverTheOrderOfHalvesAndTheNumberOfCopies() {
    publishPrice("gpt-4o", "2.50", "10");
    send(response("r1", "gpt-4o", 1000, 200));
    send(response("r1", "gpt-4o", 1000, 200));
    send(request("r1", "gpt-4o"));
    send(request("r1", "gpt-4o"));
    send(response("r1", "gpt-4o", 1000, 200));

    assertThat(read(Topics.USAGE_BILLED, BilledUsage.class)).hasSize(1);
    assertThat(read(Topics.USAGE_UNMATCHED, UnmatchedUsage.class)).isEmpty();
  }

  @Test
  void parksWhatHasNoPriceAndBillsItOnceWhenThePriceComes() {
    send(request("r1", "gpt-9"));
    send(response("r1", "gpt-9", 1000, 200));
    assertThat(read(Topics.USAGE_BILLED, BilledUsage.class)).isEmpty();
    assertThat(read(Topics.USAGE_UNPRICED, UnpricedUsage.class))
        .extracting(UnpricedUsage::getModel)
        .containsExactly("gpt-9");

    publishPrice("gpt-9", "1", "2");
    tick(Duration.ofSeconds(3));
    tick(Duration.ofSeconds(3));

    assertThat(read(Topics.USAGE_BILLED, BilledUsage.class))
        .extracting(BilledUsage::getAmount)
        .usingElementComparator(BigDecimal::compareTo)
        .containsExactly(new BigDecimal("0.0014"));
    assertThat(read(Topics.USAGE_UNPRICED, UnpricedUsage.class)).isEmpty();
  }

  @Test
  void billsWhatWasParkedWhenTheOrganisationMovesToABookThatHasThePrice() {
    publishPrice("other", "gpt-9", "1", "2");
    send(request("r1", "gpt-9"));
    send(response("r1", "gpt-9", 1000, 200));
    tick(Duration.ofSeconds(3));
    assertThat(read(Topics.USAGE_BILLED, BilledUsage.class)).isEmpty();

    send(
        Topics.LEDGER_COMMANDS,
        LedgerCommand.newBuilder()
            .setOrgId("acme")
            .setCommandId("c-book")
            .setIssuedAt(now)
            .setCommand(ConfigureOrg.newBuilder().setBook("other").build())
            .build());
    tick(Duration.ofSeconds(3));

    assertThat(read(Topics.USAGE_BILLED, BilledUsage.class))
        .extracting(BilledUsage::getBook)
        .containsExactly("other");
  }

  @Test
  void pricesAnAzureDeploymentByTheOrganisationsMapAndParksOneThatItDoesNotHave() {
    publishPrice("gpt-4o", "2.50", "10");
    configure("c-1", Map.of("prod-chat", "gpt-4o"));
    exchangeWithAzure("r1", "prod-chat");
    exchangeWithAzure("r2", "test-chat");

    BilledUsage mapped = read(Topics.USAGE_BILLED, BilledUsage.class).get(0);
    assertThat(mapped.getUsageId()).isEqualTo("r1");
    assertThat(mapped.getAmount()).isEqualByComparingTo("0.0045");
    assertThat(mapped.getModel()).isEqualTo("prod-chat");
    assertThat(mapped.getPricedModel()).isEqualTo("gpt-4o");
    assertThat(mapped.getNameRule()).isEqualTo("deployment");
    assertThat(read(Topics.USAGE_UNPRICED, UnpricedUsage.class))
        .extracting(UnpricedUsage::getUsageId, UnpricedUsage::getModel)
        .containsExactly(tuple("r2", "test-chat"));

    configure("c-2", Map.of("prod-chat", "gpt-4o", "test-chat", "gpt-4o"));
    tick(Duration.ofSeconds(3));
    tick(Duration.ofSeconds(3));
    assertThat(read(Topics.USAGE_BILLED, BilledUsage.class))
        .extracting(BilledUsage::getUsageId, BilledUsage::getNameRule)
        .containsExactly(tuple("r2", "deployment"));
  }

  @Test
  void tellsOnceOfARequestWithoutAnswerAndStillBillsTheLateAnswer() {
    publishPrice("gpt-4o", "2.50", "10");
    send(request("r1", "gpt-4o"));
    tick(Duration.ofMinutes(16));
    tick(Duration.ofMinutes(16));

    assertThat(read(Topics.USAGE_UNMATCHED, UnmatchedUsage.class))
        .extracting(UnmatchedUsage::getReason)
        .containsExactly("UNANSWERED");

    send(response("r1", "gpt-4o", 1000, 200));
    assertThat(read(Topics.USAGE_BILLED, BilledUsage.class))
        .flatExtracting(BilledUsage::getFlags)
        .contains("LATE");
  }

  @Test
  void addsChargesToTheWindowsInWhichTheyOccurred() {
    publishPrice("gpt-4o", "2.50", "10");
    send(request("r1", "gpt-4o"));
    send(response("r1", "gpt-4o", 1000, 200));
    send(request("r2", "gpt-4o"));
    send(response("r2", "gpt-4o", 1000, 200));

    String key = StoreKeys.window(new OrgId("acme"), "gpt-4o", "LLM_TEXT_CHAT");
    var totals =
        ledger
            .<String, WindowTotals>getWindowStore(LedgerStores.usage(CalendarWindow.DAY))
            .fetch(key, Instant.parse("2026-03-01T00:00:00Z").toEpochMilli());
    assertThat(totals.requests()).isEqualTo(2);
    assertThat(totals.amount()).hasToString("0.009");
    assertThat(totals.quantities().get(Meter.INPUT_TOKENS)).hasToString("2000");
  }

  @Test
  void leavesAClosedWindowAloneAndCorrectsTheCurrentOne() {
    publishPrice("gpt-4o", "2.50", "10");
    send(request("r1", "gpt-4o"));
    tick(Duration.ofDays(3));
    send(response("r1", "gpt-4o", 1000, 200));

    String key = StoreKeys.window(new OrgId("acme"), "gpt-4o", "LLM_TEXT_CHAT");
    var days = ledger.<String, WindowTotals>getWindowStore(LedgerStores.usage(CalendarWindow.DAY));
    assertThat(days.fetch(key, Instant.parse("2026-03-01T00:00:00Z").toEpochMilli())).isNull();
    var corrected = days.fetch(key, Instant.parse("2026-03-04T00:00:00Z").toEpochMilli());
    assertThat(corrected.requests()).isEqualTo(1);
    assertThat(corrected.corrections()).isEqualTo(1);
    assertThat(corrected.amount()).hasToString("0.0045");
    assertThat(corrected.corrected()).hasToString("0.0045");
    var month =
        ledger
            .<String, WindowTotals>getWindowStore(LedgerStores.usage(CalendarWindow.MONTH))
            .fetch(key, Instant.parse("2026-03-01T00:00:00Z").toEpochMilli());
    assertThat(month.requests()).isEqualTo(1);
    assertThat(month.corrections()).isZero();
  }

  @Test
  void keepsUsageByUserOnlyWhereTheSettingsAskForItAndApartFromTheWhole() {
    publishPrice("gpt-4o", "2.50", "10");
    exchange("r1", "ann");
    send(
        Topics.LEDGER_COMMANDS,
        LedgerCommand.newBuilder()
            .setOrgId("acme")
            .setCommandId("c-by")
            .setIssuedAt(now)
            .setCommand(ConfigureOrg.newBuilder().setUsageDimensions(List.of("USER")).build())
            .build());
    exchange("r2", "ann");
    exchange("r3", "ann");
    exchange("r4", "a");
    exchange("r5", null);

    OrgId acme = new OrgId("acme");
    assertThat(
            months(StoreKeys.firstWindow(acme, Scope.USER), StoreKeys.lastWindow(acme, Scope.USER)))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                StoreKeys.window(acme, Scope.USER, "ann"), 2L,
                StoreKeys.window(acme, Scope.USER, "a"), 1L,
                StoreKeys.window(acme, Scope.USER, ""), 1L));
    assertThat(months(StoreKeys.firstWindow(acme), StoreKeys.lastWindow(acme)))
        .isEqualTo(Map.of(StoreKeys.window(acme, "gpt-4o", "LLM_TEXT_CHAT"), 5L));
    assertThat(
            months(
                StoreKeys.firstWindow(acme, Scope.PROJECT),
                StoreKeys.lastWindow(acme, Scope.PROJECT)))
        .isEmpty();
  }

  private void exchange(String id, @Nullable String user) {
    send(LlmRequest.newBuilder(request(id, "gpt-4o")).setUserId(user).build());
    send(response(id, "gpt-4o", 1000, 200));
  }

  /** Charges of this month by key. */
  private Map<String, Long> months(String first, String last) {
    Map<String, Long> charges = new HashMap<>();
    Instant start = Instant.parse("2026-03-01T00:00:00Z");
    try (var windows =
        ledger
            .<String, WindowTotals>getWindowStore(LedgerStores.usage(CalendarWindow.MONTH))
            .fetch(first, last, start, start)) {
      windows.forEachRemaining(window -> charges.put(window.key.key(), window.value.requests()));
    }
    return charges;
  }

  @Test
  void sendsGarbageToTheDeadLettersWholeAndGoesOn() {
    byte[] garbage = "not avro".getBytes(StandardCharsets.UTF_8);
    measure
        .createInputTopic("llm.requests", new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(new TestRecord<>(new byte[] {1, 2}, garbage, now));
    send(request("r1", "gpt-4o"));

    TestOutputTopic<byte[], byte[]> letters =
        measure.createOutputTopic(
            "usage.rejected", new ByteArrayDeserializer(), new ByteArrayDeserializer());
    TestRecord<byte[], byte[]> letter = letters.readRecord();
    assertThat(letter.value()).isEqualTo(garbage);
    assertThat(letter.key()).containsExactly(1, 2);
    assertThat(header(letter, DeadLetters.CODE)).isEqualTo("UNREADABLE");
    assertThat(header(letter, DeadLetters.TOPIC)).isEqualTo("llm.requests");
    assertThat(header(letter, DeadLetters.OFFSET)).isEqualTo("0");
    assertThat(header(letter, DeadLetters.STAGE)).isEqualTo("measure");
    assertThat(letters.isEmpty()).isTrue();
  }

  @Test
  void refusesAJournalRecordUnderAnotherKeyBeforeItTouchesAStore() {
    ledger
        .createInputTopic("ledger.journal", new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(new TestRecord<>(new byte[] {9}, new byte[] {9}, now));

    TestOutputTopic<byte[], byte[]> letters =
        ledger.createOutputTopic(
            "usage.rejected", new ByteArrayDeserializer(), new ByteArrayDeserializer());
    assertThat(header(letters.readRecord(), DeadLetters.STAGE)).isEqualTo("ledger");
    assertThat(ledger.getKeyValueStore(LedgerStores.ACCOUNTS).approximateNumEntries()).isZero();
  }

  private static String header(TestRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private TopologyTestDriver driver(String id, Topology topology) {
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "application.id",
            id,
            "bootstrap.servers",
            "127.0.0.1:1",
            "state.dir",
            state.resolve(id).toString()));
    return new TopologyTestDriver(topology, properties, NOON);
  }

  private Conservation countingForgotten() {
    return (Conservation)
        Proxy.newProxyInstance(
            Conservation.class.getClassLoader(),
            new Class<?>[] {Conservation.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("forgotten")) {
                forgotten.incrementAndGet();
              }
              return null;
            });
  }

  private void tick(Duration passed) {
    now = now.plus(passed);
    ledger.advanceWallClockTime(passed);
  }

  private void publishPrice(String model, String input, String output) {
    publishPrice("test", model, input, output);
  }

  private void publishPrice(String book, String model, String input, String output) {
    BigDecimal million = new BigDecimal("1000000");
    PriceVersion version =
        new PriceVersion(
            "v1",
            Instant.parse("2026-01-01T00:00:00Z"),
            null,
            now,
            List.of(
                new Rate(Meter.INPUT_TOKENS, new BigDecimal(input), million, Map.of()),
                new Rate(Meter.OUTPUT_TOKENS, new BigDecimal(output), million, Map.of())));
    ModelPrices entry = new ModelPrices(book, "USD", model, List.of(), List.of(version));
    ledger
        .createInputTopic("catalog.prices", new StringSerializer(), new ByteArraySerializer())
        .pipeInput(PriceCodec.key(book, model), MemoryWire.bytes(PriceCodec.encode(entry)), now);
  }

  private void grant(String id, String amount) {
    send(
        Topics.LEDGER_COMMANDS,
        LedgerCommand.newBuilder()
            .setOrgId("acme")
            .setCommandId("c-" + id)
            .setIssuedAt(now)
            .setCommand(
                GrantCredits.newBuilder()
                    .setGrantId(id)
                    .setAmount(new BigDecimal(amount))
                    .setKind(GrantKind.PURCHASE)
                    .setPriority(100)
                    .setEffectiveAt(now)
                    .build())
            .build());
  }

  private void configure(String id, Map<String, String> deployments) {
    send(
        Topics.LEDGER_COMMANDS,
        LedgerCommand.newBuilder()
            .setOrgId("acme")
            .setCommandId(id)
            .setIssuedAt(now)
            .setCommand(ConfigureOrg.newBuilder().setDeployments(deployments).build())
            .build());
  }

  /** Azure's path names the deployment, and its answer a model that the book doesn't have. */
  private void exchangeWithAzure(String id, String deployment) {
    String path = "/openai/deployments/" + deployment + "/chat/completions?api-version=2024-10-21";
    LlmRequest request = request(id, "-");
    request.setProvider("azure");
    request.setEndpoint(path);
    request.setModel(deployment);
    request.setBody(utf8("{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}"));
    send(request);
    LlmResponse response = response(id, "gpt-4o-2024-08-06", 1000, 200);
    response.setProvider("azure");
    response.setEndpoint(path);
    send(response);
  }

  private void send(LlmRequest request) {
    send(Topics.LLM_REQUESTS, request);
  }

  private void send(LlmResponse response) {
    send(Topics.LLM_RESPONSES, response);
  }

  /** Through measure, and what it puts in the journal through the ledger. */
  private void send(Topics topic, SpecificRecord record) {
    measure
        .createInputTopic(topic.name(PREFIX), new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(new TestRecord<>(null, MemoryWire.bytes(record), now));
    var journal =
        measure.createOutputTopic(
            "ledger.journal", new ByteArrayDeserializer(), new ByteArrayDeserializer());
    var in =
        ledger.createInputTopic(
            "ledger.journal", new ByteArraySerializer(), new ByteArraySerializer());
    journal.readRecordsToList().forEach(in::pipeInput);
  }

  private <T> List<T> read(Topics topic, Class<T> type) {
    return ledger
        .createOutputTopic(
            topic.name(PREFIX), new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readValuesToList()
        .stream()
        .map(bytes -> MemoryWire.record(bytes, type))
        .toList();
  }

  private LlmRequest request(String id, String model) {
    return LlmRequest.newBuilder()
        .setRequestId(id)
        .setOrgId("acme")
        .setProvider("openai")
        .setEndpoint("/v1/chat/completions")
        .setKeyMode(KeyMode.PLATFORM)
        .setOccurredAt(NOON)
        .setContentType("application/json")
        .setBody(
            utf8(
                "{\"model\":\""
                    + model
                    + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}"))
        .setAttributes(Map.of())
        .build();
  }

  private LlmResponse response(String id, String model, int input, int output) {
    return LlmResponse.newBuilder()
        .setRequestId(id)
        .setOrgId("acme")
        .setProvider("openai")
        .setEndpoint("/v1/chat/completions")
        .setOccurredAt(NOON)
        .setStatus(200)
        .setContentType("application/json")
        .setBody(
            utf8(
                "{\"id\":\"x\",\"model\":\""
                    + model
                    + "\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                    + "\"content\":\"Hi\"},\"finish_reason\":\"stop\"}],\"usage\":{"
                    + "\"prompt_tokens\":"
                    + input
                    + ",\"completion_tokens\":"
                    + output
                    + ",\"total_tokens\":"
                    + (input + output)
                    + "}}"))
        .setAttributes(Map.of())
        .build();
  }

  private static ByteBuffer utf8(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
