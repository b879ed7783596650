package io.tokenmeter.proof;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The gateways of a scene, each with organisations of its own. They send everything one to five
 * times, halves in any order and hours apart, with clocks that are wrong by days, and bad records
 * among the good ones; what the brokers don't acknowledge they send again.
 */
final class Gateways implements AutoCloseable {
  /** So much may wait for the applications before gateways hold back, as on a busy machine. */
  private static final int MOST_WAITING = 250;

  private final List<Gateway> gateways = new ArrayList<>();
  private final Scene scene;

  /**
   * @param organisations of each gateway
   * @param perSecond exchanges of all gateways together
   */
  Gateways(Scene scene, long seed, int count, int organisations, int perSecond) {
    this.scene = scene;
    for (int i = 0; i < count; i++) {
      int gateway = i;
      List<String> orgs =
          IntStream.range(0, organisations).mapToObj(o -> "org-" + gateway + "-" + o).toList();
      gateways.add(
          new Gateway(
              scene.installation(),
              scene.oracle(),
              seed + i,
              orgs,
              Duration.ofNanos(1_000_000_000L * count / perSecond)));
    }
  }

  /** What the organisations of a gateway are set up with, each another. */
  static Sent.Terms terms(int organisation) {
    BigDecimal none = BigDecimal.ZERO;
    List<BigDecimal> levels =
        List.of(new BigDecimal("4"), new BigDecimal("2.5"), new BigDecimal("0.75"));
    return switch (organisation % 4) {
      case 0 -> new Sent.Terms(levels, none, List.of());
      case 1 -> new Sent.Terms(levels, new BigDecimal("1.25"), List.of());
      case 2 ->
          new Sent.Terms(
              List.of(),
              none,
              List.of(
                  quota("lifetime", /* perMinute= */ false, /* spend= */ true, "3"),
                  quota("each-minute", /* perMinute= */ true, /* spend= */ false, "12")));
      default ->
          new Sent.Terms(
              List.of(BigDecimal.ONE),
              BigDecimal.TEN,
              List.of(quota("spend", /* perMinute= */ true, /* spend= */ true, "0.4")));
    };
  }

  private static Sent.Quota quota(String id, boolean perMinute, boolean spend, String limit) {
    return new Sent.Quota(id, perMinute, spend, new BigDecimal(limit), List.of(50, 90));
  }

  void start() {
    gateways.forEach(Gateway::start);
  }

  /** Whether the applications are so far behind that gateways should wait. */
  void tellBacklog() {
    Oracle oracle = scene.oracle();
    boolean hold =
        oracle.records() - oracle.settled() > MOST_WAITING || oracle.sheet().size() > MOST_WAITING;
    gateways.forEach(gateway -> gateway.hold(hold));
  }

  /** Asks all to send what they still owe and then to wait. */
  void pause() {
    gateways.forEach(Gateway::pause);
  }

  /** Whether all wait, with everything acknowledged. */
  boolean arePaused() {
    gateways.forEach(Gateway::check);
    return gateways.stream().allMatch(Gateway::isPaused);
  }

  void resume() {
    gateways.forEach(Gateway::resume);
  }

  /** From now on every exchange has both halves. */
  void leaveNoHalves() {
    gateways.forEach(Gateway::leaveNoHalves);
  }

  long exchanges() {
    return gateways.stream().mapToLong(Gateway::exchanges).sum();
  }

  /** How often a record was sent again since the brokers didn't acknowledge it. */
  long retries() {
    return gateways.stream().mapToLong(Gateway::retries).sum();
  }

  @Override
  public void close() {
    gateways.forEach(Gateway::close);
  }
}
