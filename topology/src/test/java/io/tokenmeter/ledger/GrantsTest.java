package io.tokenmeter.ledger;

import static io.tokenmeter.ledger.Desk.NOON;
import static io.tokenmeter.ledger.Desk.grant;
import static io.tokenmeter.ledger.Desk.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tokenmeter.rated.Amount;
import io.tokenmeter.raw.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GrantsTest {
  private static final Duration DAY = Duration.ofDays(1);
  private final Market market = new Market().offer("gpt", "1", Instant.MIN);
  private final Desk desk = Desk.at(market);
  private int usages;

  private BilledUsage spend(Instant at, int amount) {
    usages++;
    List<Output> outputs =
        desk.take(at, usages, Facts.usage("u" + usages, "gpt", amount, at, Set.of()));
    return only(BilledUsage.class, outputs).get(0);
  }

  private Amount balance() {
    return desk.account().balance();
  }

  private static GrantDraw draw(String id, String amount) {
    return new GrantDraw(new GrantId(id), Amount.of(amount));
  }

  @Test
  void drawsByPriorityThenSoonestExpiryThenAge() {
    Instant soon = NOON.plus(DAY);
    desk.command(NOON, grant("never", "1", 1, NOON.minusSeconds(9), null));
    desk.command(NOON, grant("young", "1", 1, NOON.minusSeconds(1), soon));
    desk.command(NOON, grant("old", "1", 1, NOON.minusSeconds(2), soon));
    desk.command(NOON, grant("first", "1", 0, NOON, NOON.plus(DAY.multipliedBy(9))));
    desk.command(NOON, grant("last", "1", 2, NOON, soon));
    Payment payment = spend(NOON, 6).payment();
    assertThat(payment.drawn())
        .containsExactly(
            draw("first", "1"),
            draw("old", "1"),
            draw("young", "1"),
            draw("never", "1"),
            draw("last", "1"));
    assertThat(payment.debt()).isEqualTo(Amount.of("1"));
    assertThat(payment.after()).isEqualTo(Amount.of("-1"));
  }

  @Test
  void doesNotDrawOnAGrantBeforeItIsEffective() {
    Instant tomorrow = NOON.plus(DAY);
    desk.command(NOON, grant("g", "10", tomorrow, null));
    assertThat(balance()).isEqualTo(Amount.ZERO);
    assertThat(desk.account().sequence()).isZero();
    assertThat(spend(NOON, 3).payment().debt()).isEqualTo(Amount.of("3"));
    assertThat(spend(tomorrow, 1).payment())
        .isEqualTo(
            new Payment(
                Amount.of("1"),
                Amount.of("7"),
                Amount.of("6"),
                List.of(draw("g", "1")),
                Amount.ZERO));
    assertThat(desk.account().sequence()).isEqualTo(3);
  }

  @Test
  void expiresAtItsInstantWhicheverEntryComesFirstAfterIt() {
    desk.command(NOON, grant("g", "10", NOON, NOON.plus(DAY)));
    spend(NOON.plus(DAY).minusMillis(1), 4);
    assertThat(balance()).isEqualTo(Amount.of("6"));
    BilledUsage after = spend(NOON.plus(DAY), 1);
    assertThat(after.payment().before()).isEqualTo(Amount.ZERO);
    assertThat(after.sequence()).isEqualTo(4);
    assertThat(desk.account().totals().expired()).isEqualTo(Amount.of("6"));
  }

  @Test
  void renewsAtOneInstantBeforeWhatIsLeftExpires() {
    Instant midnight = NOON.plus(DAY);
    desk.command(NOON, grant("may", "10", NOON, midnight));
    desk.command(NOON, grant("june", "10", midnight, null));
    Account before = desk.account();
    Entry any =
        new Entry(
            Desk.ORG,
            new JournalPosition(0, 9, midnight.plus(DAY)),
            new Origin("raw", 0, 9),
            new ContentHash(0, 0),
            new Metered(Facts.request("r", "gpt", 1, midnight, Set.of())));
    List<Posting> postings =
        market.ledger(Desk.DEFAULTS).apply(before, desk::recall, any, Market.NO_LOOKUP).postings();
    assertThat(postings)
        .containsExactly(
            new Posting(Posting.Kind.GRANT, 2, midnight, Amount.of("10"), Amount.of("20")),
            new Posting(Posting.Kind.EXPIRY, 3, midnight, Amount.of("20"), Amount.of("10")));
  }

  @Test
  void paysDebtWithAGrantThatArrives() {
    spend(NOON, 7);
    assertThat(desk.account().debt()).isEqualTo(Amount.of("7"));
    desk.command(NOON, grant("g", "10", NOON, null));
    assertThat(desk.account().debt()).isEqualTo(Amount.ZERO);
    assertThat(desk.account().grants().get(0).remaining()).isEqualTo(Amount.of("3"));
    assertThat(balance()).isEqualTo(Amount.of("3"));
  }

  @Test
  void grantsOnceUnderOneCommandIdAndUnderOneGrantId() {
    Command command = new Command(new CommandId("c"), NOON, grant("g", "10", NOON, null));
    desk.take(NOON, 1, command);
    assertThat(desk.take(NOON, 1, command)).isEmpty();
    assertThat(desk.command(NOON, grant("g", "10.0", NOON, null))).isEmpty();
    Instant years = NOON.plus(DAY.multipliedBy(1000));
    assertThat(desk.command(years, grant("g", "10", NOON, null))).isEmpty();
    assertThat(balance()).isEqualTo(Amount.of("10"));
  }

  @Test
  void reportsAnotherGrantOrCommandUnderTheSameId() {
    desk.take(NOON, 1, new Command(new CommandId("c"), NOON, grant("g", "10", NOON, null)));
    assertThat(only(Unmatched.class, desk.command(NOON, grant("g", "11", NOON, null))))
        .extracting(Unmatched::id, Unmatched::reason)
        .containsExactly(tuple("g", Unmatched.Reason.CONFLICT));
    List<Output> other =
        desk.take(NOON, 2, new Command(new CommandId("c"), NOON, grant("h", "1", NOON, null)));
    assertThat(only(Unmatched.class, other).get(0).detail())
        .isEqualTo(
            "the same command_id came before with other content; this one was not carried out,"
                + " send it under an id of its own if it should be");
    assertThat(balance()).isEqualTo(Amount.of("10"));
  }

  @Test
  void carriesOutNoCommandThatIsOlderThanTheHorizonAndNoGrantThatHasExpired() {
    Instant old = NOON.minus(Duration.ofDays(7));
    List<Output> late =
        desk.take(NOON, 1, new Command(new CommandId("c"), old, grant("g", "10", NOON, null)));
    List<Output> expired = desk.command(NOON, grant("h", "10", old, NOON));
    assertThat(only(Unmatched.class, late).get(0).reason()).isEqualTo(Unmatched.Reason.TOO_LATE);
    assertThat(only(Unmatched.class, expired).get(0).detail())
        .isEqualTo(
            "the grant had expired at 2026-05-05T12:00:00Z before it came; it was not granted,"
                + " send it with a later expires_at if it should be");
    assertThat(desk.account().sequence()).isZero();
  }

  @Test
  void adjustsDownwardsThroughGrantsIntoDebtAndUpwardsThroughDebtIntoCredit() {
    desk.command(NOON, grant("g", "10", NOON, null));
    desk.command(NOON, new AdjustBalance(Amount.of("-12"), "a refund that bounced"));
    assertThat(desk.account().debt()).isEqualTo(Amount.of("2"));
    assertThat(desk.account().grants()).isEmpty();
    desk.command(NOON, new AdjustBalance(Amount.of("5"), "goodwill"));
    assertThat(balance()).isEqualTo(Amount.of("3"));
    assertThat(desk.account().totals().granted()).isEqualTo(Amount.of("10"));
    assertThat(desk.account().totals().adjusted()).isEqualTo(Amount.of("-7"));
    assertThat(spend(NOON, 1).payment().drawn()).containsExactly(draw("adjustment:3", "1"));
  }

  @Test
  void beginAndEndByRemindersWhereNothingElseHappens() {
    Instant start = NOON.plusSeconds(60);
    Instant end = NOON.plusSeconds(120);
    desk.command(NOON, Desk.grant("g", "10", start, end));
    List<Due> dues = desk.dues().stream().filter(due -> due.kind() == Due.Kind.GRANT).toList();
    assertThat(dues).extracting(Due::at).containsExactly(start, end);
    Ledger ledger = market.ledger(Desk.DEFAULTS);
    for (Due due : dues) {
      JournalReminder told = ledger.due(due, desk.recall(due.key()), due.at()).orElseThrow();
      desk.take(due.at().plusSeconds(5), 0, told.reminder());
    }
    assertThat(desk.account().totals().granted()).isEqualTo(Amount.of("10"));
    assertThat(desk.account().totals().expired()).isEqualTo(Amount.of("10"));
    assertThat(desk.account().sequence()).isEqualTo(2);
  }

  @Test
  void putOffAReminderThatAClockAheadOfTheBrokersSent() {
    Instant start = NOON.plusSeconds(60);
    desk.command(NOON, Desk.grant("g", "10", start, null));
    Due due = desk.dues().get(desk.dues().size() - 1);
    desk.take(start.minusMillis(1), 0, new Reminder(due.key(), ReminderReason.GRANT_DUE));
    assertThat(desk.account().sequence()).isEqualTo(0);
    assertThat(desk.dues()).endsWith(due, due);
  }

  @Test
  void keepTheSumOfWhatWasPaidByCurrency() {
    for (int i = 0; i < 2; i++) {
      desk.command(
          NOON,
          new GrantCredits(
              new GrantId("p" + i),
              Amount.of("10"),
              GrantKind.PURCHASE,
              1,
              NOON,
              null,
              Amount.of("9.5"),
              "EUR"));
    }
    assertThat(desk.account().history().paid()).containsExactly(Map.entry("EUR", Amount.of("19")));
    assertThat(desk.account().history().topUp()).isEqualTo(Amount.of("10"));
  }

  private static GrantCredits included(String id, String amount, Instant from, Instant until) {
    return new GrantCredits(
        new GrantId(id), Amount.of(amount), GrantKind.INCLUDED, 1, from, until, null, null);
  }

  private Instant end(int number) {
    return NOON.plus(DAY.multipliedBy(number));
  }

  @Test
  void rollOverAShareForAsLongAgainAndOnlyOnce() {
    desk.command(NOON, included("plan", "10", NOON, end(1)).withRollover(new Rollover(50, null)));
    spend(NOON, 3);
    spend(end(1), 0);
    assertThat(balance()).isEqualTo(Amount.of("3.5"));
    assertThat(desk.account().totals().expired()).isEqualTo(Amount.of("3.5"));
    assertThat(desk.account().grants())
        .extracting(Grant::id, Grant::remaining, Grant::expiresAt, Grant::rollover)
        .containsExactly(tuple(new GrantId("plan"), Amount.of("3.5"), end(2), null));
    spend(end(2), 0);
    assertThat(balance()).isEqualTo(Amount.ZERO);
    assertThat(desk.account().totals().expired()).isEqualTo(Amount.of("7"));
  }

  @Test
  void rollOverNoMoreThanTheirCap() {
    desk.command(
        NOON,
        included("plan", "10", NOON, end(1)).withRollover(new Rollover(50, Amount.of("1.25"))));
    spend(end(1), 0);
    assertThat(balance()).isEqualTo(Amount.of("1.25"));
  }

  @Test
  void postNothingWhenAllOfItRollsOver() {
    desk.command(NOON, included("plan", "10", NOON, end(1)).withRollover(new Rollover(100, null)));
    long before = desk.account().sequence();
    desk.command(end(1), grant("other", "1", end(1), null));
    assertThat(desk.account().sequence()).isEqualTo(before + 1);
    assertThat(balance()).isEqualTo(Amount.of("11"));
  }

  @Test
  void comeToTheSameHoweverLongNothingHappens() {
    desk.command(NOON, included("plan", "10", NOON, end(1)).withRollover(new Rollover(50, null)));
    desk.command(end(9), grant("other", "1", end(9), null));
    assertThat(desk.account().totals().expired()).isEqualTo(Amount.of("10"));
    assertThat(balance()).isEqualTo(Amount.of("1"));
  }

  @Test
  void refuseToRollOverWhatIsNotIncludedOrNeverEnds() {
    assertThatThrownBy(() -> grant("g", "1", NOON, end(1)).withRollover(new Rollover(50, null)))
        .hasMessage(
            "rollover_percent is set on a grant of kind PURCHASE; only an INCLUDED grant with"
                + " expires_at rolls over");
    assertThatThrownBy(() -> new Rollover(101, null))
        .hasMessage("rollover_percent is 101; 1 to 100 is allowed");
    assertThatThrownBy(() -> Rollover.of(null, Amount.of("1")))
        .hasMessage("rollover_cap is set without rollover_percent; set that too");
  }
}
