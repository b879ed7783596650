package io.tokenmeter.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.schema.ContentHash;
import io.tokenmeter.schema.JournalEntry;
import io.tokenmeter.schema.Origin;
import io.tokenmeter.schema.Reminder;
import io.tokenmeter.schema.ReminderReason;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Each thing that can go wrong is named: an oracle that agrees with everything proves nothing. */
class OracleTest {
  private static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");
  private static final String TOPIC = "usage.records";

  private final Oracle oracle =
      new Oracle(
          new PlainAccount.Times(Duration.ofDays(7), Duration.ofMinutes(1), Duration.ofDays(1)));

  @Test
  void agreesWhenEverythingIsThereOnce() {
    int number = usage("one", 1_000_000);
    raw(0, number);
    journal(0);
    oracle.sheet().found("billed acme #1 one 2.5 0>-2.5 at " + NOON.toEpochMilli());
    oracle.sheet().found("line acme one input_tokens 1000000 2.5");
    oracle.sheet().found("event acme EXHAUSTED 0 #1 balance -2.5");
    // Taken to 0 from 0 is no crossing: the last line is too much.
    assertThat(oracle.differences())
        .containsExactly("too much: event acme EXHAUSTED 0 #1 balance -2.5");
    assertThat(oracle.accounts().get("acme").balance()).isEqualByComparingTo("-2.5");
  }

  @Test
  void namesAChargeThatIsMissingAndOneThatIsTooMuch() {
    raw(0, usage("one", 1_000_000));
    journal(0);
    oracle.sheet().found("billed acme #1 one 2.6 0>-2.6 at " + NOON.toEpochMilli());
    oracle.sheet().found("line acme one input_tokens 1000000 2.5");
    assertThat(oracle.isEven()).isFalse();
    assertThat(oracle.differences())
        .containsExactlyInAnyOrder(
            "missing: billed acme #1 one 2.5 0>-2.5 at " + NOON.toEpochMilli(),
            "too much: billed acme #1 one 2.6 0>-2.6 at " + NOON.toEpochMilli());
  }

  @Test
  void chargesACopyOnceAndNoticesOtherContentUnderTheSameId() {
    int number = usage("one", 10);
    raw(0, number);
    raw(1, number);
    raw(2, usage("one", 11));
    journal(0);
    journal(1);
    journal(2);
    assertThat(oracle.sheet().differences())
        .hasSize(3)
        .contains("missing: unmatched acme one CONFLICT");
  }

  @Test
  void namesWhatIsMeteredTwiceOrOutOfOrderOrNotAtAll() {
    for (int offset = 0; offset < 4; offset++) {
      raw(offset, usage("id-" + offset, 0));
    }
    journal(1);
    journal(0);
    journal(1);
    assertThat(oracle.differences())
        .contains(
            "the journal has usage.records-0@0 after 1 of acme",
            "metered twice: usage.records-0@1",
            "neither metered nor rejected: usage.records-0@2",
            "neither metered nor rejected: usage.records-0@3");
  }

  @Test
  void waitsWithAnEntryUntilTheRecordBehindItIsRead() {
    journal(0);
    assertThat(oracle.accounts().get("acme").balance()).isZero();
    assertThat(oracle.differences()).singleElement().asString().contains("was made of nothing");
    raw(0, usage("one", 1_000_000));
    assertThat(oracle.accounts().get("acme").balance()).isEqualByComparingTo("-2.5");
  }

  @Test
  void holdsDeadLettersToWhatIsWrong() {
    int bad = oracle.number(new Sent.Bad("acme", "no org", "MISSING_ID"));
    raw(0, bad);
    oracle.rejected(new Oracle.Place(TOPIC, 0, 0), "UNREADABLE");
    raw(1, bad);
    journal(1);
    raw(2, usage("good", 0));
    oracle.rejected(new Oracle.Place(TOPIC, 0, 2), "UNREADABLE");
    oracle.rejected(new Oracle.Place(TOPIC, 0, 2), "UNREADABLE");
    assertThat(oracle.differences())
        .containsExactlyInAnyOrder(
            "metered, though it is bad (no org): usage.records-0@1",
            "two dead letters of usage.records-0@2",
            "missing: letter usage.records-0@0 MISSING_ID",
            "too much: letter usage.records-0@0 UNREADABLE",
            "missing: letter usage.records-0@1 MISSING_ID",
            "too much: letter usage.records-0@2 UNREADABLE ×2");
  }

  @Test
  void namesWhatTheBrokersTookAndDoNotHave() {
    oracle.acknowledged(usage("one", 0));
    assertThat(oracle.differences()).singleElement().asString().contains("acknowledged and not");
  }

  @Test
  void refusesAReminderBeforeItsTime() {
    Call call = new Call("half", "acme", Tariff.STEADY, 0, 1, 1, NOON);
    raw(0, oracle.number(new Sent.Request(call)));
    journal(0);
    oracle.journal(0, NOON.plusSeconds(59), reminder("half"));
    assertThat(oracle.differences())
        .contains("acme is reminded too early of half", "missing: unmatched acme half UNANSWERED");
  }

  private int usage(String id, long tokens) {
    return oracle.number(new Sent.Usage("acme", id, tokens, NOON));
  }

  private void raw(long offset, int number) {
    oracle.raw(new Oracle.Place(TOPIC, 0, offset), NOON, number);
  }

  private void journal(long origin) {
    Sent.Adjustment any = new Sent.Adjustment("acme", "any", BigDecimal.ONE);
    oracle.journal(
        0,
        NOON,
        new JournalEntry(
            "acme",
            new ContentHash(new byte[16]),
            new Origin(TOPIC, 0, origin),
            Commands.adjustment(any, NOON)));
  }

  private static JournalEntry reminder(String id) {
    return new JournalEntry(
        "acme",
        new ContentHash(new byte[16]),
        new Origin("elsewhere", 0, 0L),
        new Reminder(id, ReminderReason.HALF_MISSING));
  }
}
