package io.tokenmeter.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenmeter.embedded.SharedBroker;
import io.tokenmeter.ledger.Command;
import io.tokenmeter.ledger.CommandId;
import io.tokenmeter.ledger.GrantCredits;
import io.tokenmeter.ledger.GrantId;
import io.tokenmeter.ledger.GrantKind;
import io.tokenmeter.measured.MeasuredUsage;
import io.tokenmeter.measured.Meter;
import io.tokenmeter.measured.MeterReading;
import io.tokenmeter.measured.Provenance;
import io.tokenmeter.rated.Amount;
import io.tokenmeter.rated.ModelPrices;
import io.tokenmeter.rated.PriceVersion;
import io.tokenmeter.rated.Rate;
import io.tokenmeter.raw.KeyMode;
import io.tokenmeter.raw.OrgId;
import io.tokenmeter.raw.Origin;
import io.tokenmeter.raw.UsageId;
import io.tokenmeter.schema.JournalEntry;
import io.tokenmeter.schema.PriceEntry;
import io.tokenmeter.serde.RecordSerde;
import io.tokenmeter.serde.SerdeConfig;
import io.tokenmeter.topics.TopicPrefix;
import io.tokenmeter.topics.Topics;
import io.tokenmeter.wire.CommandCodec;
import io.tokenmeter.wire.EntryCodec;
import io.tokenmeter.wire.PriceCodec;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two instances of the ledger on a real broker, asked over HTTP. */
@ExtendWith(SharedBroker.class)
class QueryIT {
  private static final int ORGS = 40;
  private static final int PARTITIONS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final TopicPrefix PREFIX = SharedBroker.prefix(QueryIT.class);
  @TempDir private static Path stateDir;

  @Test
  void anyInstanceAnswersForEveryOrganisationBeforeAndAfterOneIsGone() throws Exception {
    createTopics();
    send(
        Topics.CATALOG_PRICES,
        PriceEntry.class,
        PriceCodec.key("it", "search"),
        PriceCodec.encode(prices()));
    LedgerInstance first = new LedgerInstance(PREFIX, stateDir);
    LedgerInstance second = new LedgerInstance(PREFIX, stateDir);
    try {
      awaitShared(first, second);
      for (int i = 0; i < ORGS; i++) {
        sendEntries(i);
      }
      awaitBalances(first);
      awaitBalances(second);
      checkUsage(first);
      checkUsage(second);
      checkCharges(first);
      checkCharges(second);
      checkUnknown(first);
      checkUnknown(second);
      assertThat(first.ask("/readyz").statusCode()).isEqualTo(200);
      checkMetrics(first);

      List<Integer> seconds = ownedBy(second, first);
      awaitStandby(first, seconds);
      second.vanish();
      checkTakeover(first, seconds);
    } finally {
      second.leave();
      first.leave();
    }
  }

  /** Both are ready, and each owns a part. */
  private static void awaitShared(LedgerInstance first, LedgerInstance second) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(first.ask("/readyz").statusCode()).isEqualTo(200);
              assertThat(second.ask("/readyz").statusCode()).isEqualTo(200);
              assertThat(owners(first)).containsExactlyInAnyOrder(first.self, second.self);
              assertThat(owners(second)).isEqualTo(owners(first));
            });
  }

  private static Set<Instance> owners(LedgerInstance asked) {
    Set<Instance> owners = new LinkedHashSet<>();
    for (int i = 0; i < ORGS; i++) {
      if (asked.routing.place(org(i)) instanceof Place.Assigned place) {
        place.owner().ifPresent(owners::add);
      }
    }
    return owners;
  }

  private static void awaitBalances(LedgerInstance asked) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              for (int i = 0; i < ORGS; i++) {
                HttpResponse<String> answer = asked.ask(balancePath(i));
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                assertThat(answer.body())
                    .contains("\"balance\":\"" + expected(i) + "\"", "\"provisional\":true");
              }
            });
  }

  private static void checkUsage(LedgerInstance asked) {
    for (int i = 0; i < ORGS; i++) {
      for (String window : List.of("hour", "day", "month")) {
        String body = asked.ask(path(i) + "/usage?by=model&window=" + window).body();
        assertThat(body)
            .contains(
                "\"model\":\"search\",\"charges\":1,\"amount\":\"" + billed(i) + "\"",
                "\"quantities\":{\"web_searches\":\"" + (i + 1) + "\"}");
      }
    }
  }

  /** With all that they were made of, whoever is asked. */
  private static void checkCharges(LedgerInstance asked) {
    for (int i = 0; i < ORGS; i++) {
      String page = asked.ask(path(i) + "/charges").body();
      assertThat(page)
          .contains("\"kept_from\":1,\"charges\":[{\"usage_id\":\"u" + i + "\"")
          .contains("\"amount\":\"" + billed(i) + "\",\"unit\":\"credit\",\"book\":\"it\"")
          .contains("\"balance_after\":\"" + expected(i) + "\"")
          .contains("\"grants_drawn\":[{\"grant_id\":\"g" + i + "\"");
      assertThat(asked.ask(path(i) + "/charges?after=2").body()).contains("\"charges\":[]");
      assertThat(asked.ask(path(i) + "/charges/u" + i).body())
          .contains("\"lines\":[{\"line\":1,\"meter\":\"web_searches\"")
          .contains("\"quantity\":\"" + (i + 1) + "\",\"price\":\"0.0003\",\"per\":\"1\"");
      assertThat(asked.ask(path(i) + "/charges/none").statusCode()).isEqualTo(404);
      assertThat(asked.ask(path(i) + "/grants").body()).contains("\"grant_id\":\"g" + i + "\"");
      assertThat(asked.ask(path(i) + "/quotas").body()).contains("\"quotas\":[]");
    }
  }

  private static void checkUnknown(LedgerInstance asked) {
    for (int i = 0; i < ORGS; i++) {
      HttpResponse<String> answer = asked.ask("/v1/orgs/nobody-" + i + "/balance");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
    }
  }

  private static void checkMetrics(LedgerInstance asked) {
    String text = asked.ask("/metrics").body();
    assertThat(text).containsPattern("tokenmeter_http_hops_total\\{result=\"answered\"\\} [1-9]");
    assertThat(text).contains("application=\"ledger\"", "kafka_stream_thread_process_total");
    assertThat(text).containsPattern("tokenmeter_charge_lag_seconds_count [1-9]");
    assertThat(text).containsPattern("tokenmeter_facts\\{standing=\"billed\"\\} [1-9]");
  }

  private static List<Integer> ownedBy(LedgerInstance owner, LedgerInstance asked) {
    List<Integer> owned = new ArrayList<>();
    for (int i = 0; i < ORGS; i++) {
      if (asked.routing.place(org(i)) instanceof Place.Assigned place
          && place.owner().filter(owner.self::equals).isPresent()) {
        owned.add(i);
      }
    }
    assertThat(owned).isNotEmpty();
    return owned;
  }

  /** The other's organisations have arrived in this instance's standby too. */
  private static void awaitStandby(LedgerInstance asked, List<Integer> orgs) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              for (int i : orgs) {
                assertThat(asked.reader.balance(org(i), Instant.now(), Copy.ANY))
                    .isInstanceOfSatisfying(
                        Reading.Found.class,
                        found -> {
                          assertThat(found.source()).isEqualTo(new Reading.Source.Standby(0));
                          assertThat(((BalanceView) found.value()).balance())
                              .isEqualTo(expected(i));
                        });
              }
            });
  }

  /**
   * From the owner's end to the standby's promotion: each answer has the right balance or asks for
   * patience, and says so when it comes from a standby.
   */
  private static void checkTakeover(LedgerInstance asked, List<Integer> orgs) {
    boolean[] fromStandby = {false};
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              boolean allFromOwner = true;
              for (int i : orgs) {
                HttpResponse<String> answer = asked.ask(balancePath(i));
                if (answer.statusCode() == 200) {
                  assertThat(answer.body()).contains("\"balance\":\"" + expected(i) + "\"");
                } else {
                  assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
                  assertThat(answer.headers().firstValue("Retry-After")).contains("1");
                }
                boolean standby = answer.body().contains("\"standby\":{\"lag_records\":");
                fromStandby[0] |= standby;
                allFromOwner &= answer.statusCode() == 200 && !standby;
              }
              return allFromOwner;
            });
    assertThat(fromStandby[0]).as("a standby answered while the owner was away").isTrue();
  }

  private static void createTopics() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", SharedBroker.bootstrapServers()))) {
      admin
          .createTopics(Topics.newTopics(PREFIX, OptionalInt.of(PARTITIONS), OptionalInt.of(1)))
          .all()
          .get();
    }
  }

  private static void sendEntries(int i) throws Exception {
    Instant now = Instant.now();
    OrgId org = org(i);
    Command grant =
        new Command(
            new CommandId("c" + i),
            now,
            new GrantCredits(
                new GrantId("g" + i),
                Amount.of("100"),
                GrantKind.PURCHASE,
                0,
                now.minusSeconds(60),
                null,
                null,
                null));
    MeasuredUsage usage =
        new MeasuredUsage(
            new UsageId("u" + i),
            Map.of(),
            null,
            "search",
            KeyMode.PLATFORM,
            null,
            now,
            MeterReading.of(Meter.WEB_SEARCHES, i + 1, Provenance.REPORTED),
            Set.of(),
            Map.of());
    Origin origin = new Origin("none", 0, i);
    send(
        Topics.LEDGER_JOURNAL,
        JournalEntry.class,
        org.value(),
        EntryCodec.command(hash(2 * i), origin, CommandCodec.encode(org, grant)));
    send(
        Topics.LEDGER_JOURNAL,
        JournalEntry.class,
        org.value(),
        EntryCodec.metered(org, hash(2 * i + 1), origin, usage));
  }

  private static <T extends SpecificRecord> void send(
      Topics topic, Class<T> type, String key, T value) throws Exception {
    Map<String, Object> config = Map.of(SerdeConfig.URL, SharedBroker.registryUrl());
    try (Serde<T> serde = RecordSerde.ofValue(type, config);
        KafkaProducer<String, T> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", SharedBroker.bootstrapServers()),
                new StringSerializer(),
                serde.serializer())) {
      producer.send(new ProducerRecord<>(topic.name(PREFIX), key, value)).get();
    }
  }

  private static ModelPrices prices() {
    Instant past = Instant.now().minus(Duration.ofDays(2));
    Rate rate = new Rate(Meter.WEB_SEARCHES, new BigDecimal("0.0003"), BigDecimal.ONE, Map.of());
    return new ModelPrices(
        "it",
        "credit",
        "search",
        List.of(),
        List.of(new PriceVersion("v1", past, null, past, List.of(rate))));
  }

  private static byte[] hash(int n) {
    byte[] hash = new byte[16];
    hash[0] = (byte) n;
    return hash;
  }

  private static OrgId org(int i) {
    return new OrgId("org/" + i + " ü");
  }

  private static String path(int i) {
    return "/v1/orgs/org%2F" + i + "%20%C3%BC";
  }

  private static String balancePath(int i) {
    return path(i) + "/balance";
  }

  private static Amount billed(int i) {
    return new Amount(new BigDecimal("0.0003").multiply(BigDecimal.valueOf(i + 1L)));
  }

  private static Amount expected(int i) {
    return Amount.of("100").minus(billed(i));
  }
}
