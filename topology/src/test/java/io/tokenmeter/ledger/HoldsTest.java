package io.tokenmeter.ledger;

import static io.tokenmeter.ledger.Desk.NOON;
import static io.tokenmeter.ledger.Desk.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.measured.MeasuredRequest;
import io.tokenmeter.measured.MeasuredResponse;
import io.tokenmeter.measured.Outcome;
import io.tokenmeter.rated.Amount;
import io.tokenmeter.raw.UsageId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HoldsTest {
  private static final Duration EXPIRY = Duration.ofMinutes(5);
  private final Market market = new Market().offer("gpt", "0.5", Instant.MIN);
  private final Ledger ledger =
      market.ledger(
          new LedgerDefaults(
              Market.BOOK,
              "credit",
              ZoneOffset.UTC,
              Duration.ofDays(7),
              Duration.ofMinutes(15),
              EXPIRY,
              Duration.ofDays(1)));
  private final Desk desk =
      new Desk((account, memory, entry) -> ledger.apply(account, memory, entry, Market.NO_LOOKUP));
  private int content;

  private static MeasuredRequest request(String id, @Nullable Long maxOutput) {
    return Facts.request(id, "gpt", 10, maxOutput, NOON, Set.of());
  }

  private static MeasuredResponse answer(String id, long output) {
    return Facts.response(id, "gpt", output, Outcome.OK, NOON, Set.of());
  }

  private String held() {
    return desk.account().holds().held().toString();
  }

  private void exchange(String id, long output) {
    desk.take(NOON, content++, request(id, null));
    desk.take(NOON, content++, answer(id, output));
  }

  @Test
  void keepBackTheCountedInputAndTheLimitOfTheOutput() {
    desk.command(NOON, Desk.grant("g", "100", NOON, null));
    desk.take(NOON, 1, request("a", 30L));
    assertThat(held()).isEqualTo("20");
    assertThat(desk.account().balance()).isEqualTo(Amount.of("100"));
    assertThat(desk.account().available()).isEqualTo(Amount.of("80"));
    assertThat(desk.account().sequence()).isEqualTo(1);
    desk.take(NOON, 2, answer("a", 8));
    assertThat(held()).isEqualTo("0");
    assertThat(desk.account().available()).isEqualTo(Amount.of("96"));
  }

  @Test
  void goByTheMeanOfTheModelsAnswersWhereTheRequestSetsNoLimit() {
    desk.take(NOON, 100, request("first", null));
    assertThat(held()).as("nothing is known of its answers").isEqualTo("5");
    desk.take(NOON, 101, answer("first", 20));
    // 16 × 20 = 320; then 320 + 37 − 20 = 337, which is 21 and a sixteenth.
    exchange("second", 37);
    desk.take(NOON, 102, request("third", null));
    assertThat(held()).isEqualTo("15.5");
    assertThat(desk.account().holds().means()).containsExactly(new OutputMean("gpt", 337));
  }

  @Test
  void keepTheMeansOfTheLastSixteenModels() {
    for (int i = 0; i < 20; i++) {
      market.offer("m" + i, "1", Instant.MIN);
      String id = "u" + i;
      desk.take(NOON, content++, Facts.request(id, "m" + i, 1, NOON, Set.of()));
      desk.take(NOON, content++, answer(id, i));
    }
    assertThat(desk.account().holds().means())
        .hasSize(16)
        .startsWith(new OutputMean("m19", 16 * 19))
        .endsWith(new OutputMean("m4", 16 * 4));
  }

  @Test
  void keepBackWhatAnAnswerReportsWhenItComesFirst() {
    desk.take(NOON, 1, answer("a", 7));
    assertThat(held()).isEqualTo("3.5");
    desk.take(NOON, 2, request("a", 100L));
    assertThat(held()).isEqualTo("0");
  }

  @Test
  void keepNothingBackForWhatHasNoPrice() {
    desk.take(NOON, 1, Facts.request("a", "unknown", 10, 30L, NOON, Set.of()));
    assertThat(held()).isEqualTo("0");
  }

  @Test
  void takeALimitThatNoModelWritesForTheMostOneWrites() {
    desk.take(NOON, 1, request("a", Long.MAX_VALUE));
    assertThat(held()).isEqualTo("5000005");
  }

  @Test
  void expireByAReminderAndStillBillALaterAnswerOnce() {
    desk.take(NOON, 1, request("a", 30L));
    Due due = desk.dues().stream().filter(d -> d.kind() == Due.Kind.HOLD).findFirst().orElseThrow();
    assertThat(due.at()).isEqualTo(NOON.plus(EXPIRY));
    assertThat(ledger.due(due, desk.recall(due.key()), due.at()))
        .contains(
            new JournalReminder(
                Desk.ORG, Reminder.of(new UsageId("a"), ReminderReason.HOLD_EXPIRED)));
    desk.remind(due.at(), "a", ReminderReason.HOLD_EXPIRED);
    assertThat(held()).isEqualTo("0");
    assertThat(ledger.due(due, desk.recall(due.key()), due.at())).isEmpty();
    desk.remind(due.at(), "a", ReminderReason.HOLD_EXPIRED);
    assertThat(only(BilledUsage.class, desk.take(due.at(), 2, answer("a", 8)))).hasSize(1);
    assertThat(held()).isEqualTo("0");
  }

  @Test
  void endWithTheNoticeThatTheAnswerIsMissing() {
    desk.take(NOON, 1, request("a", 30L));
    desk.remind(NOON.plusSeconds(900), "a", ReminderReason.HALF_MISSING);
    assertThat(held()).isEqualTo("0");
  }
}
