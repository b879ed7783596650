package io.tokenmeter.proof;

import io.tokenmeter.embedded.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** Traffic and faults at once, with a comparison of everything now and then and at the end. */
final class Mixture {
  /**
   * How much.
   *
   * @param seed of the faults and of the traffic
   * @param brief faults last as short as they can
   * @param patience how long recovery may take: far more than on a quiet machine, and not for ever
   * @param roundsAComparison after so many rounds everything is compared
   * @param gateways each of 4 organisations
   * @param perSecond exchanges of all gateways together
   */
  record Size(
      long seed,
      boolean brief,
      Duration patience,
      int roundsAComparison,
      int gateways,
      int perSecond) {}

  private static final int ORGANISATIONS = 4;

  /** So many charges before the first fault. */
  private static final int ENOUGH_TO_BEGIN = 20;

  private final Scene scene;
  private final Schedule schedule;
  private final Size size;
  private final Path reports;
  private final Report report;
  private final Gateways gateways;
  private final long beganNanos = System.nanoTime();

  Mixture(Scene scene, Schedule schedule, Size size, Path reports) {
    this.scene = scene;
    this.schedule = schedule;
    this.size = size;
    this.reports = reports;
    this.report = new Report(size.seed());
    this.gateways =
        new Gateways(scene, size.seed(), size.gateways(), ORGANISATIONS, size.perSecond());
  }

  /**
   * Goes on round by round as long as it is told to.
   *
   * @return what it found; its differences are empty when all is well
   */
  Report run(BooleanSupplier another) {
    try (gateways) {
      scene.installation().publish(Tariff.book(Instant.now().truncatedTo(ChronoUnit.MILLIS)));
      scene.startMembers();
      scene.eachTurn(gateways::tellBacklog);
      gateways.start();
      scene.until("traffic flows", size.patience(), () -> scene.feed().billed() >= ENOUGH_TO_BEGIN);
      boolean going = true;
      while (going) {
        Schedule.Round round = schedule.next();
        strike(round);
        going = another.getAsBoolean() && report.differences().isEmpty();
        if (going && round.number() % size.roundsAComparison() == 0) {
          compare(Verdict.Halves.MAY_WAIT);
          gateways.resume();
        }
        write("still running");
      }
      gateways.leaveNoHalves();
      compare(Verdict.Halves.MUST_BE_SETTLED);
      audit();
      write(report.differences().isEmpty() ? "ended, no difference" : "ended with differences");
    } catch (RuntimeException | Error e) {
      write("failed: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
      throw e;
    }
    return report;
  }

  private void strike(Schedule.Round round) {
    say(round.toString());
    Dice dice = new Dice(round.seed(), size.brief());
    Harm.Mend mend = strike(round.fault(), dice);
    round.during().forEach(fault -> passing(fault, dice));
    long begin = System.nanoTime();
    mend.run();
    round.after().forEach(fault -> passing(fault, dice));
    scene.recover(size.patience());
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    report.recovered(round.fault(), took);
    say(
        "   recovered after "
            + took.toMillis()
            + " ms; "
            + scene.oracle().records()
            + " records, "
            + scene.feed().billed()
            + " billed, "
            + scene.oracle().sheet().size()
            + " lines open");
  }

  private void passing(Fault fault, Dice dice) {
    strike(fault, dice);
    scene.goOn(dice.millis(50, 250));
  }

  private Harm.Mend strike(Fault fault, Dice dice) {
    try {
      Harm.Mend mend = fault.harm().strike(scene, dice);
      report.struck(fault);
      return mend;
    } catch (NotStruckException e) {
      report.missed();
      return Harm.Mend.NONE;
    }
  }

  private void compare(Verdict.Halves halves) {
    gateways.pause();
    scene.until("the gateways have sent all", size.patience(), gateways::arePaused);
    scene.recover(size.patience());
    Verdict verdict = Verdict.of(scene, halves, size.patience());
    report.verdict(verdict);
    say("   compared: " + verdict.differences().size() + " differences");
    verdict.differences().stream().limit(20).forEach(difference -> say("   ! " + difference));
  }

  /** The product's own proof, by its own command. */
  private void audit() {
    Path log = scene.directory().resolve("audit.log");
    Map<String, String> settings = new TreeMap<>(scene.settings());
    try (ApplicationProcess process =
        ApplicationProcess.start(
            log, new ChildJvm.Limits("1500m", 0), List.of("audit"), settings)) {
      int code = process.await(Duration.ofMinutes(10));
      say(process.output().strip());
      if (code != 0) {
        report.verdict(
            new Verdict(List.of("audit ends with " + code + ": " + process.output().strip()), 0));
      }
    }
  }

  private void write(String state) {
    report.ended(state);
    report.figures(
        List.of(
            new Report.Figure("raw records sent", scene.oracle().records()),
            new Report.Figure("exchanges and other items", gateways.exchanges()),
            new Report.Figure("sent again by gateways", gateways.retries()),
            new Report.Figure("billed", scene.feed().billed()),
            new Report.Figure("events", scene.feed().events()),
            new Report.Figure("dead letters", scene.oracle().deadLetters()),
            new Report.Figure("starts of instances", scene.starts()),
            new Report.Figure("instances that ended by themselves", scene.endedByThemselves()),
            new Report.Figure("damaged states refused", scene.refusals())));
    report.write(reports);
  }

  private void say(String line) {
    long seconds = (System.nanoTime() - beganNanos) / 1_000_000_000L;
    System.out.println(String.format("[%4d s] ", seconds) + line);
  }
}
