package io.tokenmeter.proof;

import io.tokenmeter.embedded.BrokerProcesses;
import io.tokenmeter.embedded.Door;
import io.tokenmeter.embedded.EmbeddedRegistry;
import io.tokenmeter.embedded.RegistryStorage;
import io.tokenmeter.query.access.AccessToken;
import io.tokenmeter.query.access.Scope;
import io.tokenmeter.topics.TopicPrefix;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Everything that a fault can strike: brokers, the registry and instances, all of them processes,
 * and the topics between them. Whoever waits here goes on reading what the applications publish.
 */
final class Scene implements AutoCloseable {
  private static final Duration STARTING = Duration.ofMinutes(10);
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration ADMIN = Duration.ofSeconds(20);

  /** Whoever waits longer than this says for what. */
  private static final Duration TELL = Duration.ofSeconds(30);

  private static final int OLDEST = 12;
  private static final String PREFIX = "crash.";

  /**
   * What a scene has.
   *
   * @param directory for all data and logs
   * @param brokers 1 or 3
   * @param stages of its instances
   * @param times as the ledger is set up
   */
  record Plan(
      Path directory, int brokers, int partitions, List<String> stages, PlainAccount.Times times) {
    Plan {
      stages = List.copyOf(stages);
    }
  }

  private final Plan plan;
  private final BrokerProcesses brokers;
  private final EmbeddedRegistry registry;
  private final Door registryDoor;
  private final Admin admin;
  private final Installation installation;
  private final Oracle oracle;
  private final Feed feed;
  private final String token = AccessToken.fresh();
  private final Map<String, String> settings;
  private final List<Member> members = new ArrayList<>();
  private int endedByThemselves;
  private int refusals;
  private int startsOfGone;
  private Runnable eachTurn = () -> {};

  private Scene(Plan plan, BrokerProcesses brokers) throws Exception {
    this.plan = plan;
    this.brokers = brokers;
    this.oracle = new Oracle(plan.times());
    this.registry =
        EmbeddedRegistry.start(
            plan.directory().resolve("registry"),
            BrokerProcesses.ports(1).get(0),
            new RegistryStorage.Memory(),
            STARTING);
    for (int node = 0; node < brokers.count(); node++) {
      int each = node;
      until("broker " + node + " serves", STARTING, () -> brokers.serves(each));
    }
    this.admin =
        Admin.create(
            Map.of(
                "bootstrap.servers", brokers.bootstrapServers(), "reconnect.backoff.max.ms", 500));
    Site site = new Site(brokers.bootstrapServers(), registry.url());
    TopicPrefix prefix = new TopicPrefix(PREFIX);
    this.installation = new Installation(site, prefix, plan.partitions());
    this.feed = new Feed(site, prefix, admin, oracle);
    URI inside = URI.create(registry.url());
    int outside = BrokerProcesses.ports(1).get(0);
    this.registryDoor = Door.open(outside, inside.getPort());
    this.settings =
        settings(registry.url().replace(":" + inside.getPort() + "/", ":" + outside + "/"));
  }

  /** Starts brokers and registry, and makes the topics; instances are started by themselves. */
  static Scene start(Plan plan) throws Exception {
    BrokerProcesses brokers = BrokerProcesses.launch(plan.directory(), plan.brokers());
    try {
      return new Scene(plan, brokers);
    } catch (Exception | AssertionError e) {
      brokers.close();
      throw e;
    }
  }

  private Map<String, String> settings(String registryUrl) {
    Map<String, String> all = installation.settings(plan.directory());
    all.put("schema.registry.url", registryUrl);
    all.put("default.book", Tariff.BOOK);
    all.put("default.unit", Tariff.UNIT);
    all.put("session.timeout", "6s");
    all.put("transaction.timeout", "10s");
    all.put("startup.timeout", "5m");
    all.put("answer.wait", plan.times().answerWait().toSeconds() + "s");
    all.put("hold.expiry", plan.times().answerWait().toSeconds() + "s");
    all.put("dedupe.horizon", plan.times().horizon().toSeconds() + "s");
    all.put("windows.open", plan.times().windowsOpen().toSeconds() + "s");
    all.put("standby.replicas", plan.stages().size() > 1 ? "1" : "0");
    all.put("state.cache", "32MiB");
    all.put("measure.threads", "1");
    // A commit is the dearest thing there is on a machine that runs all of this.
    all.put("commit.interval", "500ms");
    all.put("http.tokens", AccessToken.line(token, new Scope.Operator()));
    all.put("http.peer.secret", AccessToken.fresh());
    return all;
  }

  /** Starts the instances of the plan; the first one has a name that it keeps. */
  void startMembers() {
    for (String stage : plan.stages()) {
      Member member = add(stage, members.isEmpty());
      member.start();
    }
    until("the instances are ready", STARTING, this::isReady);
  }

  /** One more instance, not started yet. */
  Member add(String stage) {
    return add(stage, /* keepsName= */ false);
  }

  private Member add(String stage, boolean keepsName) {
    String name = Character.toString((char) ('a' + members.size()));
    Map<String, String> own = new HashMap<>(settings);
    if (keepsName) {
      own.put("group.instance.id", name);
    }
    Member member = new Member(name, stage, plan.directory(), BrokerProcesses.ports(1).get(0), own);
    members.add(member);
    return member;
  }

  /** Takes away an instance that was added. */
  void remove(Member member) {
    member.close();
    startsOfGone += member.starts();
    members.remove(member);
  }

  /** Whether every instance that should run is ready. */
  boolean isReady() {
    return members.stream().filter(Member::isWanted).allMatch(Member::isReady);
  }

  /** As a supervisor does: an instance that ended by itself is started again. */
  private void tend() {
    for (Member member : members) {
      if (member.endedByItself()) {
        endedByThemselves++;
        member.start();
      }
    }
  }

  /** Goes on reading and tending until something holds. */
  void until(String what, Duration patience, BooleanSupplier condition) {
    long begin = System.nanoTime();
    long deadline = begin + patience.toNanos();
    long tell = begin + TELL.toNanos();
    while (true) {
      if (feed == null) {
        LockSupport.parkNanos(LOOK.toNanos());
      } else {
        feed.poll();
        tend();
        eachTurn.run();
      }
      if (condition.getAsBoolean()) {
        return;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(
            "not within " + patience + ": " + what + "\n" + oldest() + "\n" + tails());
      }
      if (System.nanoTime() - tell > 0) {
        tell += TELL.toNanos();
        System.out.println(
            "   waiting for "
                + Duration.ofNanos(System.nanoTime() - begin).toSeconds()
                + " s until "
                + what
                + "\n"
                + oldest());
      }
    }
  }

  /** What has been waited for longest, for whoever looks for the reason. */
  private String oldest() {
    return oracle.differences().stream()
        .limit(OLDEST)
        .map(line -> "     " + line)
        .collect(Collectors.joining("\n"));
  }

  /** Has something done while others wait. */
  void eachTurn(Runnable what) {
    eachTurn = what;
  }

  /** Goes on reading and tending for so long. */
  void goOn(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    until("time goes on", time.plusMinutes(1), () -> System.nanoTime() - end >= 0);
  }

  /** Waits until all that is on the raw topics by now has come out at the other end. */
  void recover(Duration patience) {
    Map<TopicPartition, Long> ends = rawEnds(patience);
    until(
        "what was sent is metered or rejected",
        patience,
        () ->
            ends.entrySet().stream()
                .allMatch(
                    end ->
                        oracle.isSettled(
                            end.getKey().topic(), end.getKey().partition(), end.getValue())));
    long serial = oracle.sheet().serial();
    until("what was metered is in the ledger", patience, () -> oracle.sheet().isEvenUpTo(serial));
    until("all instances are ready", patience, this::isReady);
  }

  private Map<TopicPartition, Long> rawEnds(Duration patience) {
    Map<TopicPartition, Long> ends = new HashMap<>();
    until(
        "the brokers say where the raw topics end",
        patience,
        () -> {
          try {
            ends.putAll(ends(feed.rawPartitions()));
            return true;
          } catch (NotStruckException away) {
            return false;
          }
        });
    return ends;
  }

  /** Where partitions end, for a reader of committed records. */
  Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) throws NotStruckException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.forEach(each -> asked.put(each, OffsetSpec.latest()));
    Map<TopicPartition, Long> ends = new HashMap<>();
    answer(admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED)).all())
        .forEach((partition, end) -> ends.put(partition, end.offset()));
    return ends;
  }

  /**
   * What the brokers answer.
   *
   * @throws NotStruckException when they don't, as when they are away
   */
  static <T> T answer(KafkaFuture<T> future) throws NotStruckException {
    try {
      return future.get(ADMIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new NotStruckException(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  String tails() {
    return members.stream()
        .filter(member -> member.process() != null)
        .map(member -> member.process().tail())
        .collect(Collectors.joining("\n"));
  }

  BrokerProcesses brokers() {
    return brokers;
  }

  Door registryDoor() {
    return registryDoor;
  }

  Admin admin() {
    return admin;
  }

  Installation installation() {
    return installation;
  }

  Oracle oracle() {
    return oracle;
  }

  Feed feed() {
    return feed;
  }

  String token() {
    return token;
  }

  List<Member> members() {
    return List.copyOf(members);
  }

  Path directory() {
    return plan.directory();
  }

  /** The two application ids. */
  List<String> applicationIds() {
    return List.of(PREFIX + "app-measure", PREFIX + "app-ledger");
  }

  Map<String, String> settings() {
    return Map.copyOf(settings);
  }

  /** Counts an instance that refused its damaged state. */
  void refused() {
    refusals++;
  }

  /** How often an instance refused its damaged state, and said what to do. */
  int refusals() {
    return refusals;
  }

  /** How often instances were started. */
  int starts() {
    return startsOfGone + members.stream().mapToInt(Member::starts).sum();
  }

  /** How often one ended though nobody asked it to. */
  int endedByThemselves() {
    return endedByThemselves;
  }

  @Override
  public void close() throws IOException {
    members.forEach(Member::close);
    feed.close();
    installation.close();
    admin.close(Duration.ZERO);
    registry.close();
    brokers.close();
  }
}
