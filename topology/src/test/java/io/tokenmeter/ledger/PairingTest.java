package io.tokenmeter.ledger;

import static io.tokenmeter.ledger.Desk.NOON;
import static io.tokenmeter.ledger.Desk.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.measured.Flag;
import io.tokenmeter.measured.Outcome;
import io.tokenmeter.rated.Amount;
import io.tokenmeter.raw.OrgId;
import io.tokenmeter.raw.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PairingTest {
  private final Market market =
      new Market().offer("gpt", "0.5", Instant.MIN).offer("usd", "1", Instant.MIN, "USD");
  private final Ledger ledger = market.ledger(Desk.DEFAULTS);
  private final Desk desk = Desk.at(market);

  private List<Output> request(String id, int content, Instant at) {
    return desk.take(at, content, Facts.request(id, "gpt", 8, at, Set.of()));
  }

  private List<Output> response(String id, int content, Instant at) {
    return desk.take(at, content, Facts.response(id, "gpt", 10, Outcome.OK, at, Set.of()));
  }

  @Test
  void billsWhenTheSecondHalfComesWhicheverItIs() {
    List<Output> waiting = request("a", 1, NOON);
    assertThat(only(Disposition.class, waiting))
        .containsExactly(new Disposition(null, Standing.WAITING, 1));
    assertThat(only(BilledUsage.class, waiting)).isEmpty();
    BilledUsage first = only(BilledUsage.class, response("a", 2, NOON.plusSeconds(2))).get(0);
    response("b", 3, NOON);
    List<Output> outputs = request("b", 4, NOON.plusSeconds(2));
    BilledUsage second = only(BilledUsage.class, outputs).get(0);

    assertThat(first.amount()).isEqualTo(Amount.of("5"));
    assertThat(first.call().occurredAt()).isEqualTo(NOON);
    assertThat(first.billedAt()).isEqualTo(NOON.plusSeconds(2));
    assertThat(first.requestOrigin()).isEqualTo(new Origin("raw", 0, 0));
    assertThat(first.responseOrigin()).isEqualTo(new Origin("raw", 0, 1));
    assertThat(second.amount()).isEqualTo(first.amount());
    assertThat(second.requestOrigin()).isEqualTo(new Origin("raw", 0, 3));
    assertThat(second.sequence()).isEqualTo(2);
    assertThat(only(Disposition.class, outputs))
        .containsExactly(
            new Disposition(Standing.WAITING, Standing.BILLED, 1),
            new Disposition(null, Standing.BILLED, 1));
  }

  @Test
  void ignoresACopyOfAHalfBeforeAndAfterTheBill() {
    request("a", 1, NOON);
    assertThat(request("a", 1, NOON)).containsExactly(new Disposition(null, Standing.DUPLICATE, 1));
    response("a", 2, NOON);
    Account account = desk.account();
    assertThat(request("a", 1, NOON)).containsExactly(new Disposition(null, Standing.DUPLICATE, 1));
    assertThat(response("a", 2, NOON))
        .containsExactly(new Disposition(null, Standing.DUPLICATE, 1));
    assertThat(desk.account()).isSameAs(account);
  }

  @Test
  void reportsOtherContentUnderTheSameId() {
    request("a", 1, NOON);
    List<Output> outputs = request("a", 9, NOON);
    assertThat(only(Disposition.class, outputs))
        .containsExactly(new Disposition(null, Standing.CONFLICT, 1));
    assertThat(only(Unmatched.class, outputs))
        .singleElement()
        .satisfies(
            notice -> {
              assertThat(notice.reason()).isEqualTo(Unmatched.Reason.CONFLICT);
              assertThat(notice.origin()).isEqualTo(new Origin("raw", 0, 1));
              assertThat(notice.detail())
                  .isEqualTo(
                      "the same id came before with other content; this one was not billed, send"
                          + " it under an id of its own if it should be");
            });
  }

  @Test
  void reportsAUsageRecordUnderTheIdOfAnExchangeAndTheOtherWayRound() {
    request("a", 1, NOON);
    List<Output> outputs = desk.take(NOON, 5, Facts.usage("a", "gpt", 1, NOON, Set.of()));
    assertThat(only(Unmatched.class, outputs).get(0).detail())
        .startsWith("an exchange and a usage record have the same id");
    desk.take(NOON, 6, Facts.usage("b", "gpt", 1, NOON, Set.of()));
    assertThat(only(Unmatched.class, response("b", 7, NOON))).hasSize(1);
    assertThat(desk.account().sequence()).isEqualTo(1);
  }

  @Test
  void remindsItselfOfAHalfThatWaitsAndTellsOnceWhenNoAnswerComes() {
    request("a", 1, NOON);
    Due due = desk.dues().get(0);
    assertThat(due.at()).isEqualTo(NOON.plus(Duration.ofMinutes(15)));
    assertThat(ledger.due(due, desk.recall(due.key()), due.at().minusMillis(1))).isEmpty();
    Reminder reminder = ledger.due(due, desk.recall(due.key()), due.at()).orElseThrow().reminder();
    assertThat(reminder.reason()).isEqualTo(ReminderReason.HALF_MISSING);

    List<Output> told = desk.take(due.at(), 0, reminder);
    assertThat(only(Unmatched.class, told).get(0).reason()).isEqualTo(Unmatched.Reason.UNANSWERED);
    assertThat(desk.take(due.at(), 0, reminder)).isEmpty();
    assertThat(ledger.due(due, desk.recall(due.key()), due.at())).isEmpty();
    assertThat(desk.account().sequence()).isZero();

    List<Output> late = response("a", 2, due.at().plusSeconds(1));
    assertThat(only(BilledUsage.class, late).get(0).flags()).containsExactly(Flag.LATE);
    assertThat(only(Disposition.class, late))
        .contains(new Disposition(Standing.UNMATCHED, Standing.BILLED, 1));
  }

  @Test
  void billsAnAnswerAloneWhenItNamesAModelAndReportsUsage() {
    response("a", 1, NOON);
    List<Output> outputs = desk.remind(NOON.plusSeconds(900), "a", ReminderReason.HALF_MISSING);
    BilledUsage billed = only(BilledUsage.class, outputs).get(0);
    assertThat(billed.amount()).isEqualTo(Amount.of("5"));
    assertThat(billed.flags()).containsExactly(Flag.NO_REQUEST);
    assertThat(billed.requestOrigin()).isNull();
  }

  @Test
  void movesNoMoneyForARequestWhoseAnswerWasBilledAlone() {
    response("a", 1, NOON);
    desk.remind(NOON.plusSeconds(900), "a", ReminderReason.HALF_MISSING);
    Account account = desk.account();
    List<Output> outputs = request("a", 2, NOON.plusSeconds(901));
    assertThat(only(Unmatched.class, outputs).get(0).reason())
        .isEqualTo(Unmatched.Reason.NO_REQUEST);
    assertThat(desk.account()).isSameAs(account);
    assertThat(request("a", 2, NOON.plusSeconds(902)))
        .containsExactly(new Disposition(null, Standing.DUPLICATE, 1));
  }

  @Test
  void tellsOfAnAnswerThatCannotBeBilledAlone() {
    desk.take(NOON, 1, Facts.response("a", null, 10, Outcome.OK, NOON, Set.of()));
    desk.take(NOON, 2, Facts.response("b", "gpt", -1, Outcome.OK, NOON, Set.of()));
    for (String id : List.of("a", "b")) {
      List<Output> outputs = desk.remind(NOON.plusSeconds(900), id, ReminderReason.HALF_MISSING);
      assertThat(only(Unmatched.class, outputs).get(0).reason())
          .isEqualTo(Unmatched.Reason.NO_REQUEST);
    }
    assertThat(desk.account().sequence()).isZero();
    assertThat(only(BilledUsage.class, request("b", 3, NOON.plusSeconds(901)))).hasSize(1);
  }

  @Test
  void billsWhatIsFreeByPolicyAtZeroWithItsReason() {
    request("a", 1, NOON);
    BilledUsage free =
        only(
                BilledUsage.class,
                desk.take(
                    NOON, 2, Facts.response("a", null, -1, Outcome.CLIENT_ERROR, NOON, Set.of())))
            .get(0);
    assertThat(free.amount()).isEqualTo(Amount.ZERO);
    assertThat(free.freeReason()).isEqualTo("FAILED_REQUEST");
    assertThat(free.lines()).isEmpty();
    assertThat(desk.account().sequence()).isEqualTo(1);
  }

  @Test
  void parksWhatHasNoPriceAndBillsItWhenThePriceArrives() {
    List<Output> parked = desk.take(NOON, 1, Facts.usage("a", "new", 4, NOON, Set.of()));
    assertThat(only(UnpricedNotice.class, parked)).hasSize(1);
    assertThat(desk.account().sequence()).isZero();
    Instant later = NOON.plus(Duration.ofDays(30));
    assertThat(desk.remind(later, "a", ReminderReason.PRICE_ARRIVED)).isEmpty();

    market.offer("new", "0.25", later);
    assertThat(desk.remind(later.minusMillis(1), "a", ReminderReason.PRICE_ARRIVED)).isEmpty();
    List<Output> billed = desk.remind(later, "a", ReminderReason.PRICE_ARRIVED);
    assertThat(only(BilledUsage.class, billed).get(0).amount()).isEqualTo(Amount.of("1"));
    assertThat(only(Disposition.class, billed))
        .containsExactly(new Disposition(Standing.UNPRICED, Standing.BILLED, 1));
    assertThat(desk.remind(later, "a", ReminderReason.PRICE_ARRIVED)).isEmpty();
  }

  @Test
  void neverAddsTwoUnitsInOneAccount() {
    desk.take(NOON, 1, Facts.usage("a", "gpt", 2, NOON, Set.of()));
    List<Output> other = desk.take(NOON, 2, Facts.usage("b", "usd", 2, NOON, Set.of()));
    assertThat(only(UnpricedNotice.class, other)).hasSize(1);
    assertThat(desk.account().balance()).isEqualTo(Amount.of("-1"));
    assertThat(desk.account().unit()).isEqualTo("credit");
  }

  @Test
  void refusesAnEntryOfAnotherOrganisation() {
    Entry entry =
        new Entry(
            new OrgId("other"),
            new JournalPosition(0, 0, NOON),
            new Origin("raw", 0, 0),
            new ContentHash(0, 0),
            new Metered(Facts.usage("a", "gpt", 2, NOON, Set.of())));
    assertThatThrownBy(() -> ledger.apply(desk.account(), desk::recall, entry, Market.NO_LOOKUP))
        .hasMessage("an entry of other came to the account of acme");
  }
}
