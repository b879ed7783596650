package io.tokenmeter.ledger;

import static io.tokenmeter.ledger.Desk.NOON;
import static io.tokenmeter.ledger.Desk.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.measured.Flag;
import io.tokenmeter.measured.Outcome;
import io.tokenmeter.rated.Amount;
import io.tokenmeter.raw.UsageId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HorizonTest {
  private static final Duration WEEK = Duration.ofDays(7);
  private static final StateKey A = StateKey.of(new UsageId("a"));
  private static final StateKey X = StateKey.of(new UsageId("x"));
  private final Market market = new Market().offer("gpt", "0.5", Instant.MIN);
  private final Ledger ledger = market.ledger(Desk.DEFAULTS);
  private final Desk desk = Desk.at(market);

  private List<Output> usage(Instant at, Instant occurred, Flag... flags) {
    return desk.take(at, 1, Facts.usage("a", "gpt", 2, occurred, Set.of(flags)));
  }

  private static List<Standing> standing(List<Output> outputs) {
    return only(Disposition.class, outputs).stream().map(Disposition::is).toList();
  }

  @Test
  void isADuplicateUpToTheLastMillisecondOfTheHorizonAndTooLateFromItsEndOn() {
    usage(NOON, NOON);
    assertThat(standing(usage(NOON.plus(WEEK).minusMillis(1), NOON)))
        .containsExactly(Standing.DUPLICATE);
    assertThat(standing(usage(NOON.plus(WEEK), NOON))).containsExactly(Standing.TOO_LATE);
  }

  @Test
  void leavesNoGapForAClockThatIsAhead() {
    Instant ahead = NOON.plus(Duration.ofMinutes(5));
    usage(NOON, ahead);
    for (Duration age : List.of(WEEK, WEEK.plusMinutes(4), WEEK.plusMinutes(5))) {
      assertThat(standing(usage(NOON.plus(age), ahead))).doesNotContain(Standing.BILLED).hasSize(1);
    }
  }

  @Test
  void neverForgetsWhoseTimeWasClampedBecauseACopysTimeIsAnotherOne() {
    usage(NOON, NOON, Flag.TIME_CLAMPED);
    Instant muchLater = NOON.plus(WEEK.multipliedBy(50));
    assertThat(standing(usage(muchLater, muchLater, Flag.TIME_CLAMPED)))
        .containsExactly(Standing.DUPLICATE);
    assertThat(ledger.canRemove(desk.recall(A).orElseThrow(), muchLater.plus(WEEK))).isFalse();
  }

  @Test
  void doesNotBillAnOldAnswerAgainWithANewRequestOfItsId() {
    desk.take(NOON, 1, Facts.request("x", "gpt", 1, NOON, Set.of()));
    desk.take(NOON, 2, Facts.response("x", null, 4, Outcome.OK, NOON, Set.of()));
    Instant later = NOON.plus(WEEK);
    desk.take(later, 3, Facts.request("x", "gpt", 9, later, Set.of()));
    List<Output> copy =
        desk.take(later, 2, Facts.response("x", null, 4, Outcome.OK, NOON, Set.of()));
    assertThat(standing(copy)).containsExactly(Standing.TOO_LATE);
    assertThat(desk.account().sequence()).isEqualTo(1);
  }

  @Test
  void saysWhatToDoWithWhatIsTooLate() {
    List<Output> outputs = usage(NOON, NOON.minus(WEEK));
    assertThat(only(Unmatched.class, outputs).get(0).detail())
        .isEqualTo(
            "it is older than ids are remembered (PT168H), so it may be a copy of what was billed;"
                + " check the billed usage of its id, and bill it by `tokenmeter replay"
                + " --accept-late` when there is none");
  }

  @Test
  void billsOnceWhatIsTooLateButAccepted() {
    Instant longAgo = NOON.minus(WEEK.multipliedBy(3));
    assertThat(standing(usage(NOON, longAgo))).containsExactly(Standing.TOO_LATE);
    List<Output> accepted = usage(NOON.plusSeconds(60), longAgo, Flag.ACCEPTED_LATE);
    assertThat(only(Disposition.class, accepted))
        .containsExactly(new Disposition(Standing.TOO_LATE, Standing.BILLED, 1));
    assertThat(only(BilledUsage.class, accepted).get(0).flags())
        .containsExactlyInAnyOrder(Flag.ACCEPTED_LATE, Flag.WINDOW_CLOSED);
    assertThat(desk.account().sequence()).isEqualTo(1);
  }

  @Test
  void neverForgetsWhatWasAcceptedSoThatNoCopyIsBilledHoweverOftenItIsAccepted() {
    Instant longAgo = NOON.minus(WEEK.multipliedBy(3));
    usage(NOON, longAgo, Flag.ACCEPTED_LATE);
    Instant muchLater = NOON.plus(WEEK.multipliedBy(50));
    assertThat(standing(usage(muchLater, longAgo))).containsExactly(Standing.DUPLICATE);
    assertThat(standing(usage(muchLater, longAgo, Flag.ACCEPTED_LATE)))
        .containsExactly(Standing.DUPLICATE);
    assertThat(desk.account().sequence()).isEqualTo(1);
    assertThat(ledger.canRemove(desk.recall(A).orElseThrow(), muchLater.plus(WEEK))).isFalse();
  }

  @Test
  void pairsAcceptedHalvesAndBillsThemAtThePriceOfTheTimeInWhichTheyOccurred() {
    Instant longAgo = NOON.minus(WEEK.multipliedBy(3));
    Set<Flag> accepted = Set.of(Flag.ACCEPTED_LATE);
    assertThat(
            standing(
                desk.take(NOON, 2, Facts.response("x", null, 4, Outcome.OK, longAgo, accepted))))
        .containsExactly(Standing.WAITING);
    List<Output> outputs = desk.take(NOON, 1, Facts.request("x", "gpt", 1, longAgo, accepted));
    assertThat(standing(outputs)).containsExactly(Standing.BILLED, Standing.BILLED);
    BilledUsage billed = only(BilledUsage.class, outputs).get(0);
    assertThat(billed.call().occurredAt()).isEqualTo(longAgo);
    assertThat(billed.amount()).isEqualTo(Amount.of("2"));
  }

  @Test
  void removesAnIdOnlyWhenItCountsAsForgottenForAnHour() {
    usage(NOON, NOON);
    Remembered usage = desk.recall(A).orElseThrow();
    Instant removable = NOON.plus(WEEK).plus(Duration.ofHours(1));
    assertThat(ledger.canRemove(usage, removable.minusMillis(1))).isFalse();
    assertThat(ledger.canRemove(usage, removable)).isTrue();
  }

  @Test
  void keepsAnIdThatWasSettledForAsLongAgain() {
    desk.take(NOON, 1, Facts.request("x", "gpt", 1, NOON, Set.of()));
    desk.remind(NOON.plusSeconds(900), "x", ReminderReason.HALF_MISSING);
    Instant told = NOON.plusSeconds(900).plus(WEEK).plus(Duration.ofHours(1));
    assertThat(ledger.canRemove(desk.recall(X).orElseThrow(), told)).isTrue();
    Instant answered = NOON.plus(Duration.ofDays(3));
    desk.take(answered, 2, Facts.response("x", null, 4, Outcome.OK, answered, Set.of()));
    assertThat(ledger.canRemove(desk.recall(X).orElseThrow(), told)).isFalse();
    assertThat(ledger.canRemove(desk.recall(X).orElseThrow(), answered.plus(WEEK.plusHours(1))))
        .isTrue();
  }

  @Test
  void keepsAHalfOfWhichNobodyWasToldHoweverLongTheReminderTakes() {
    desk.take(NOON, 1, Facts.response("x", "gpt", 4, Outcome.OK, NOON, Set.of()));
    List<Output> outputs =
        desk.remind(NOON.plus(WEEK.multipliedBy(3)), "x", ReminderReason.HALF_MISSING);
    assertThat(standing(outputs)).containsExactly(Standing.BILLED);
  }

  @Test
  void comesToTheSameWhetherAForgottenIdIsStillStoredOrNot() {
    usage(NOON, NOON);
    Instant later = NOON.plus(WEEK);
    List<Output> stored = usage(later, later);
    Desk tidy = Desk.at(market);
    tidy.take(NOON, 1, Facts.usage("a", "gpt", 2, NOON, Set.of()));
    tidy.forget(A);
    List<Output> removed = tidy.take(later, 1, Facts.usage("a", "gpt", 2, later, Set.of()));
    assertThat(removed).isEqualTo(stored);
  }
}
