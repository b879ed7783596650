package io.tokenmeter.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenmeter.embedded.SharedBroker;
import io.tokenmeter.proof.BadRecords.Bad;
import io.tokenmeter.schema.Balance;
import io.tokenmeter.schema.BilledUsage;
import io.tokenmeter.stream.DeadLetters;
import io.tokenmeter.topics.TopicPrefix;
import io.tokenmeter.topics.Topics;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is wrong with a record, it lands whole among the dead letters, once, and what comes
 * behind it on the same partition is billed.
 */
@ExtendWith(SharedBroker.class)
class DeadLetterIT {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Path LOG = Path.of("target", "proof", "dead-letter-it.log");
  private static final String ORG = "acme";
  private static final String HEADER = "x-gateway";

  /** One, so that a good record stands behind each bad one and can't pass it. */
  private static final int PARTITIONS = 1;

  private final TopicPrefix prefix = SharedBroker.prefix(DeadLetterIT.class);
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private final Map<String, BigDecimal> expected = new HashMap<>();
  private int grants;
  @TempDir Path directory;

  @Test
  void everyBadRecordBecomesOneDeadLetterAndHoldsNothingUp() throws IOException {
    Files.deleteIfExists(LOG);
    try (Installation installation = new Installation(prefix, PARTITIONS);
        CommittedRecords committed = installation.read()) {
      installation.publish(Tariff.book(now));
      List<Bad> bad = BadRecords.all(installation, ORG, now);
      for (Bad record : bad) {
        installation.send(record.topic(), record.key(), record.value(), HEADER, record.name());
        sendGood(installation, "behind " + record.name());
      }
      installation.flush();
      Map<String, String> settings = installation.settings(directory.resolve("state"));
      settings.put("default.book", Tariff.BOOK);
      settings.put("default.unit", Tariff.UNIT);
      try (ApplicationProcess process = ApplicationProcess.run(LOG, settings)) {
        await("all good records are billed")
            .atMost(PATIENCE)
            .pollInSameThread()
            .until(
                () -> {
                  assertThat(process.isAlive()).as("it runs, see " + LOG).isTrue();
                  committed.poll();
                  return committed.count(Topics.USAGE_BILLED) >= expected.size()
                      && granted(committed) == grants;
                });
        // The last that was sent was good, so whatever a bad record led to is committed by now.
        committed.pollToTheEnd();
        assertThat(process.output()).doesNotContain(Call.SECRET);
      }
      check(bad, committed.deadLetters());
      checkGood(committed);
      checkAudit(settings);
      System.out.println(
          bad.size()
              + " bad records, "
              + committed.deadLetters().size()
              + " dead letters; "
              + expected.size()
              + " good ones behind them, "
              + committed.count(Topics.USAGE_BILLED)
              + " billed; "
              + grants
              + " grants behind them, "
              + granted(committed)
              + " granted");
    }
  }

  /** A good record on each raw topic. */
  private void sendGood(Installation installation, String id) {
    Call call = new Call(id, ORG, Tariff.FINE, 3, 1001, 77, now);
    installation.send(Topics.LLM_REQUESTS, 0, call.request());
    installation.send(Topics.LLM_RESPONSES, 0, call.response());
    expected.put(id, call.amount());
    installation.send(
        Topics.USAGE_RECORDS, 0, BadRecords.usage(id + ", counted", ORG, "1234", now));
    expected.put(id + ", counted", Tariff.STEADY.amount(1234, 0, 0));
    installation.send(
        Topics.LEDGER_COMMANDS, 0, Installation.grantOf(ORG, id, BigDecimal.ONE, now));
    grants++;
  }

  private static long granted(CommittedRecords committed) {
    List<Balance> balances = committed.values(Topics.LEDGER_BALANCES, Balance.class);
    return balances.isEmpty() ? 0 : balances.get(balances.size() - 1).getGranted().longValueExact();
  }

  private void check(List<Bad> bad, List<ConsumerRecord<byte[], byte[]>> letters) {
    Map<String, ConsumerRecord<byte[], byte[]>> byName = new HashMap<>();
    letters.forEach(letter -> byName.put(header(letter, HEADER), letter));
    assertThat(letters)
        .extracting(letter -> header(letter, HEADER))
        .containsExactlyInAnyOrderElementsOf(bad.stream().map(Bad::name).toList());
    Map<Topics, List<Long>> offsets = new HashMap<>();
    for (Bad record : bad) {
      ConsumerRecord<byte[], byte[]> letter = byName.get(record.name());
      assertThat(letter.key()).as("key of " + record.name()).isEqualTo(record.key());
      assertThat(letter.value()).as("value of " + record.name()).isEqualTo(record.value());
      assertThat(header(letter, DeadLetters.CODE)).as(record.name()).isEqualTo(record.code());
      assertThat(header(letter, DeadLetters.MESSAGE)).as(record.name()).contains(record.message());
      assertThat(header(letter, DeadLetters.STAGE)).as(record.name()).isEqualTo(record.stage());
      assertThat(header(letter, DeadLetters.TOPIC))
          .as(record.name())
          .isEqualTo(record.topic().name(prefix));
      assertThat(header(letter, DeadLetters.PARTITION)).as(record.name()).isEqualTo("0");
      assertThat(Long.parseLong(header(letter, DeadLetters.TIMESTAMP)))
          .as("append time of " + record.name())
          .isBetween(now.toEpochMilli(), System.currentTimeMillis());
      offsets
          .computeIfAbsent(record.topic(), topic -> new ArrayList<>())
          .add(Long.parseLong(header(letter, DeadLetters.OFFSET)));
      for (Header header : letter.headers()) {
        assertThat(new String(header.value(), StandardCharsets.UTF_8))
            .as(header.key() + " of " + record.name())
            .doesNotContain(Call.SECRET);
      }
    }
    offsets.forEach(
        (topic, of) -> assertThat(of).as("offsets on " + topic).isSorted().doesNotHaveDuplicates());
  }

  private void checkGood(CommittedRecords committed) {
    List<BilledUsage> billed = committed.values(Topics.USAGE_BILLED, BilledUsage.class);
    assertThat(billed)
        .extracting(BilledUsage::getUsageId)
        .containsExactlyInAnyOrderElementsOf(expected.keySet());
    for (BilledUsage charge : billed) {
      assertThat(charge.getAmount())
          .as(charge.getUsageId())
          .isEqualByComparingTo(expected.get(charge.getUsageId()));
    }
    assertThat(committed.count(Topics.USAGE_UNPRICED)).as("unpriced").isZero();
    assertThat(committed.count(Topics.USAGE_UNMATCHED)).as("unmatched").isZero();
  }

  /** Bad records on the journal don't keep anybody from reading it. */
  private static void checkAudit(Map<String, String> settings) {
    Path log = LOG.resolveSibling("dead-letter-it-audit.log");
    try (ApplicationProcess audit =
        ApplicationProcess.start(log, List.of("audit"), new HashMap<>(settings))) {
      assertThat(audit.await(PATIENCE)).as(audit.output()).isZero();
    }
  }

  private static String header(ConsumerRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
