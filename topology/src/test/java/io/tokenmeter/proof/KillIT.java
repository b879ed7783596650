package io.tokenmeter.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenmeter.embedded.SharedBroker;
import io.tokenmeter.schema.Balance;
import io.tokenmeter.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Killing the process at any moment changes no digit: traffic goes on while it is killed with
 * SIGKILL in the middle of its work and started again, and in the end each exchange is billed once.
 * {@code -Dtokenmeter.seed} repeats a run's traffic.
 */
@ExtendWith(SharedBroker.class)
class KillIT {
  private static final long SEED = Long.getLong("tokenmeter.seed", 20_261_122L);
  private static final int EXCHANGES = 3000;
  private static final int ORGANISATIONS = 7;
  private static final int PARTITIONS = 3;
  private static final int KILLS_AT_WORK = 4;

  /** Before this one of the starts the state's directory is lost. */
  private static final int STATE_LOST = 3;

  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Path LOG = Path.of("target", "proof", "kill-it.log");

  @TempDir Path directory;
  private Installation installation;
  private CommittedRecords committed;
  private ApplicationProcess process;
  private int starts;

  @BeforeEach
  void open() throws IOException {
    Files.deleteIfExists(LOG);
    installation = new Installation(SharedBroker.prefix(KillIT.class), PARTITIONS);
    committed = installation.read();
  }

  @AfterEach
  void close() {
    if (process != null) {
      process.close();
    }
    committed.close();
    installation.close();
  }

  @Test
  void billsEveryExchangeOnceAndToTheLastDigitThroughKills() throws IOException {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    KillTraffic traffic = new KillTraffic(SEED, EXCHANGES, ORGANISATIONS, now);
    PlainLedger expected = new PlainLedger(traffic.organisations());
    installation.publish(Tariff.book(now));
    expected.granted().forEach((org, amount) -> installation.grant(org, "first", amount, now));
    installation.flush();

    start();
    until("the grants are posted", () -> committed.count(Topics.LEDGER_BALANCES) >= ORGANISATIONS);
    kill();

    Random random = new Random(SEED);
    List<KillTraffic.Half> order = traffic.order();
    int slices = 2 * KILLS_AT_WORK + 1;
    StringBuilder kills = new StringBuilder();
    for (int kill = 0; kill < KILLS_AT_WORK; kill++) {
      start();
      traffic.send(installation, slice(order, 2 * kill, slices));
      int sent = end(order, 2 * kill, slices);
      int behind =
          traffic.completeWithin(sent) - committed.pollToTheEnd().count(Topics.USAGE_BILLED);
      int enough = committed.count(Topics.USAGE_BILLED) + 1 + random.nextInt(behind / 2);
      until("it works", () -> committed.count(Topics.USAGE_BILLED) >= enough);
      traffic.send(installation, slice(order, 2 * kill + 1, slices));
      kill();
      int complete = traffic.completeWithin(end(order, 2 * kill + 1, slices));
      int unbilled = complete - committed.pollToTheEnd().count(Topics.USAGE_BILLED);
      assertThat(unbilled).as("exchanges under way when it was killed").isPositive();
      kills.append(' ').append(unbilled);
    }
    start();
    until("it runs again", process::saysItRuns);
    kill();
    start();
    traffic.send(installation, slice(order, slices - 1, slices));
    traffic.sendLast(installation, PARTITIONS, now);
    expected.add(traffic.calls());
    try {
      until("all is billed", () -> isDone(expected));
    } catch (ConditionTimeoutException tooLate) {
      expected.check(committed);
      throw tooLate;
    }
    committed.pollToTheEnd();

    System.out.println(
        "seed "
            + SEED
            + ": "
            + starts
            + " starts, killed with exchanges under way:"
            + kills
            + ", idle or starting: 2; "
            + (order.size() + 2 * ORGANISATIONS * PARTITIONS)
            + " raw records of "
            + expected.charges()
            + " exchanges, "
            + committed.count(Topics.USAGE_BILLED)
            + " billed, "
            + committed.count(Topics.USAGE_CHARGES)
            + " lines");
    expected.check(committed);
  }

  private boolean isDone(PlainLedger expected) {
    return committed.count(Topics.USAGE_BILLED) >= expected.charges()
        && expected.isReached(committed.values(Topics.LEDGER_BALANCES, Balance.class));
  }

  private void start() throws IOException {
    Path state = directory.resolve("state");
    if (starts == STATE_LOST) {
      delete(state);
    }
    starts++;
    Map<String, String> settings = installation.settings(state);
    settings.put("default.book", Tariff.BOOK);
    settings.put("default.unit", Tariff.UNIT);
    settings.put("group.instance.id", "one");
    settings.put("session.timeout", "6s");
    settings.put("transaction.timeout", "10s");
    process = ApplicationProcess.run(LOG, settings);
  }

  private void kill() {
    assertThat(process.isAlive()).as("it runs until it is killed, see " + LOG).isTrue();
    process.close();
  }

  private interface Condition {
    boolean holds();
  }

  private void until(String what, Condition condition) {
    await(what)
        .atMost(PATIENCE)
        .pollInSameThread()
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              assertThat(process.isAlive()).as("it runs, see " + LOG).isTrue();
              committed.poll();
              return condition.holds();
            });
  }

  private static List<KillTraffic.Half> slice(List<KillTraffic.Half> order, int slice, int of) {
    return order.subList(slice == 0 ? 0 : end(order, slice - 1, of), end(order, slice, of));
  }

  private static int end(List<KillTraffic.Half> order, int slice, int of) {
    return order.size() * (slice + 1) / of;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
