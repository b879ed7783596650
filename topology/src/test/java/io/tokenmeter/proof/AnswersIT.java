package io.tokenmeter.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenmeter.embedded.SharedBroker;
import io.tokenmeter.query.access.AccessToken;
import io.tokenmeter.query.access.Scope;
import io.tokenmeter.schema.Balance;
import io.tokenmeter.schema.BilledUsage;
import io.tokenmeter.schema.KeyMode;
import io.tokenmeter.schema.UsageRecord;
import io.tokenmeter.topics.Topics;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two instances with standbys answer for every organisation while money moves, also while one of
 * them is killed with SIGKILL and after it has come back. Every balance that is answered is the
 * book's at the sequence that it names, none is older than it says, and none is missing for longer
 * than it takes the group to notice a death and to move its work.
 */
@ExtendWith(SharedBroker.class)
class AnswersIT {
  private static final List<String> ORGS =
      IntStream.range(0, 10).mapToObj(i -> "org-" + i).toList();
  private static final int PARTITIONS = 4;
  private static final String TOKEN = "an-operators-token-of-a-test";
  private static final String SECRET = "what-the-instances-of-a-test-have-in-common";
  private static final Duration SESSION = Duration.ofSeconds(6);

  /** What work takes to move once the group knows; much less on a machine that is not crowded. */
  private static final Duration MOVING = Duration.ofSeconds(10);

  /** How old an instance's knowledge of its standbys' lag may be. */
  private static final Duration LAG_KNOWN = Duration.ofSeconds(1);

  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final int MOST_RECORDS = 12_000;

  /** How often each organisation uses something. */
  private static final long EVERY_NANOS = Duration.ofMillis(100).toNanos();

  private static final Path LOGS = Path.of("target", "proof");

  @TempDir Path directory;
  private Installation installation;
  private CommittedRecords committed;
  private final List<ApplicationProcess> processes = new ArrayList<>();
  private final List<ApplicationProcess> alive = new ArrayList<>();
  private final Map<String, TreeMap<Long, Long>> firstSeen = new HashMap<>();
  private int billedSeen;
  private int sent;
  private boolean isTraffic;
  private long lastSent = System.nanoTime();

  @BeforeEach
  void open() {
    installation = new Installation(SharedBroker.prefix(AnswersIT.class), PARTITIONS);
    committed = installation.read();
  }

  @AfterEach
  void close() {
    processes.forEach(ApplicationProcess::close);
    committed.close();
    installation.close();
  }

  @Test
  void everyBalanceIsAnsweredAndNoneIsOlderThanItSaysWhileAnInstanceIsKilled() throws IOException {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    installation.publish(Tariff.book(now));
    ORGS.forEach(org -> installation.grant(org, "first", new BigDecimal(1000), now));
    installation.flush();
    int port = freePort();
    int otherPort = freePort();
    start("first", port);
    ApplicationProcess other = start("second", otherPort);
    try (Asker asker = new Asker(port, TOKEN, ORGS);
        Asker otherAsker = new Asker(otherPort, TOKEN, ORGS)) {
      until("each has a part and a standby of the rest", () -> isShared(asker, otherAsker));
      isTraffic = true;
      asker.start();
      otherAsker.start();
      until("both answer", () -> hasAll(asker, 0) && hasAll(otherAsker, 0));

      long killed = System.nanoTime();
      alive.remove(other);
      other.kill();
      until(
          "a standby answers", () -> asker.told().stream().anyMatch(told -> isFresh(told, killed)));
      until("the first has it all", () -> isOwner(asker));
      long taken = System.nanoTime();
      start("second", otherPort);
      until("the second answers again", () -> hasAll(otherAsker, taken));
      until("both have their parts", () -> isShared(asker, otherAsker));
      long again = System.nanoTime();
      until("both answer", () -> hasAll(asker, again) && hasAll(otherAsker, again));

      isTraffic = false;
      asker.stop();
      otherAsker.stop();
      until("all is billed", () -> billedSeen == sent);
      check(asker, otherAsker, killed);
    }
  }

  private void check(Asker asker, Asker otherAsker, long killed) {
    Map<String, Map<Long, BigDecimal>> book = book();
    List<Asker.Told> all = new ArrayList<>(asker.told());
    all.addAll(otherAsker.told());
    for (Asker.Told told : all) {
      assertThat(told.balance())
          .as("balance of %s", told)
          .isEqualByComparingTo(book.get(told.org()).get(told.sequence()));
      Duration old = told.fromStandby() ? LAG_KNOWN : Duration.ZERO;
      assertThat(committedBefore(told.org(), told.askedNanos() - old.toNanos()))
          .as("what was committed before %s", told)
          .isLessThanOrEqualTo(told.sequence() + told.lagRecords());
    }
    assertThat(asker.defects()).isEmpty();
    assertThat(otherAsker.defects()).isEmpty();
    Duration longest =
        ORGS.stream().map(org -> longestGap(asker, org)).max(Duration::compareTo).orElseThrow();
    long fromStandby = all.stream().filter(Asker.Told::fromStandby).count();
    long mostBehind = all.stream().mapToLong(Asker.Told::lagRecords).max().orElse(0);
    System.out.printf(
        "%d balances answered, %d of them by a standby, at most %d records behind; none was missing"
            + " for more than %d ms; %d charges%n",
        all.size(), fromStandby, mostBehind, longest.toMillis(), billedSeen);
    assertThat(longest).as("the longest time without an answer").isLessThan(SESSION.plus(MOVING));
    assertThat(asker.told().stream().anyMatch(told -> isFresh(told, killed))).isTrue();
  }

  /** By organisation and sequence, as it was committed. */
  private Map<String, Map<Long, BigDecimal>> book() {
    Map<String, Map<Long, BigDecimal>> book = new HashMap<>();
    for (Balance balance : committed.values(Topics.LEDGER_BALANCES, Balance.class)) {
      book.computeIfAbsent(balance.getOrgId(), org -> new HashMap<>())
          .put(balance.getSequence(), balance.getBalance());
    }
    for (BilledUsage billed : committed.values(Topics.USAGE_BILLED, BilledUsage.class)) {
      Map<Long, BigDecimal> balances =
          book.computeIfAbsent(billed.getOrgId(), org -> new HashMap<>());
      BigDecimal other = balances.put(billed.getSequence(), billed.getBalanceAfter());
      if (other != null) {
        assertThat(other).isEqualByComparingTo(billed.getBalanceAfter());
      }
    }
    return book;
  }

  private static Duration longestGap(Asker asker, String org) {
    long longest = 0;
    long last = -1;
    for (Asker.Told told : asker.told()) {
      if (told.org().equals(org)) {
        longest = last < 0 ? 0 : Math.max(longest, told.answeredNanos() - last);
        last = told.answeredNanos();
      }
    }
    return Duration.ofNanos(longest);
  }

  private static boolean isFresh(Asker.Told told, long since) {
    return told.fromStandby() && told.askedNanos() > since;
  }

  /** Whether every organisation was answered to somebody who asked after an instant. */
  private static boolean hasAll(Asker asker, long sinceNanos) {
    return asker.told().stream()
            .filter(told -> told.askedNanos() - sinceNanos > 0)
            .map(Asker.Told::org)
            .distinct()
            .count()
        == ORGS.size();
  }

  /** Whether every organisation's newest answer is from the copy that is written. */
  private static boolean isOwner(Asker asker) {
    return ORGS.stream()
        .allMatch(
            org -> asker.askItsCopy(org, SECRET).filter(told -> !told.fromStandby()).isPresent());
  }

  /**
   * Whether of every organisation one writes a copy and the other has one that is not far behind.
   */
  private static boolean isShared(Asker one, Asker other) {
    int owned = 0;
    for (String org : ORGS) {
      boolean[] standby = new boolean[2];
      int at = 0;
      for (Asker asker : List.of(one, other)) {
        var copy = asker.askItsCopy(org, SECRET);
        if (copy.isEmpty() || copy.get().lagRecords() > 500) {
          return false;
        }
        standby[at++] = copy.get().fromStandby();
      }
      if (standby[0] == standby[1]) {
        return false;
      }
      owned += standby[0] ? 0 : 1;
    }
    return owned > 0 && owned < ORGS.size();
  }

  /** The highest sequence of an organisation that was seen committed before an instant. */
  private long committedBefore(String org, long nanos) {
    long highest = 0;
    for (Map.Entry<Long, Long> seen : firstSeen.getOrDefault(org, new TreeMap<>()).entrySet()) {
      if (seen.getValue() - nanos < 0) {
        highest = seen.getKey();
      }
    }
    return highest;
  }

  private void poll() {
    committed.poll();
    long now = System.nanoTime();
    List<BilledUsage> billed = committed.values(Topics.USAGE_BILLED, BilledUsage.class);
    for (BilledUsage one : billed.subList(billedSeen, billed.size())) {
      firstSeen.computeIfAbsent(one.getOrgId(), org -> new TreeMap<>()).put(one.getSequence(), now);
    }
    billedSeen = billed.size();
  }

  /** Money moves while it waits, once there is traffic. */
  private void until(String what, Condition condition) {
    await(what)
        .atMost(PATIENCE)
        .pollInSameThread()
        .pollInterval(20, TimeUnit.MILLISECONDS)
        .until(
            () -> {
              if (isTraffic && sent < MOST_RECORDS && System.nanoTime() - lastSent > EVERY_NANOS) {
                lastSent = System.nanoTime();
                ORGS.forEach(this::use);
              }
              poll();
              assertThat(alive).as("they run, see " + LOGS).allMatch(ApplicationProcess::isAlive);
              return condition.holds();
            });
  }

  private interface Condition {
    boolean holds();
  }

  private void use(String org) {
    installation.send(
        Topics.USAGE_RECORDS,
        Installation.utf8(org),
        UsageRecord.newBuilder()
            .setUsageId("u-" + sent)
            .setOrgId(org)
            .setMeter("input_tokens")
            .setQuantity(BigDecimal.valueOf(1 + sent % 997).setScale(12))
            .setModel(Tariff.FINE.model())
            .setKeyMode(KeyMode.PLATFORM)
            .setOccurredAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
            .setAttributes(Map.of())
            .build());
    sent++;
  }

  private ApplicationProcess start(String name, int port) throws IOException {
    Path log = LOGS.resolve("answers-it-" + name + ".log");
    Files.deleteIfExists(log);
    Map<String, String> settings = installation.settings(directory.resolve(name));
    settings.put("default.book", Tariff.BOOK);
    settings.put("default.unit", Tariff.UNIT);
    settings.put("session.timeout", SESSION.toSeconds() + "s");
    settings.put("transaction.timeout", "10s");
    settings.put("standby.replicas", "1");
    settings.put("http.listen", "127.0.0.1:" + port);
    settings.put("http.peer.secret", SECRET);
    settings.put("http.tokens", AccessToken.line(TOKEN, new Scope.Operator()));
    ApplicationProcess process = ApplicationProcess.run(log, settings);
    processes.add(process);
    alive.add(process);
    return process;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
