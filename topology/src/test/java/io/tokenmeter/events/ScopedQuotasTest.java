package io.tokenmeter.events;

import static io.tokenmeter.ledger.Desk.NOON;
import static io.tokenmeter.ledger.Desk.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.ledger.ConfigureOrg;
import io.tokenmeter.ledger.Desk;
import io.tokenmeter.ledger.Due;
import io.tokenmeter.ledger.Entitlement;
import io.tokenmeter.ledger.EntitlementChanged;
import io.tokenmeter.ledger.Facts;
import io.tokenmeter.ledger.GrantCredits;
import io.tokenmeter.ledger.GrantId;
import io.tokenmeter.ledger.GrantKind;
import io.tokenmeter.ledger.JournalReminder;
import io.tokenmeter.ledger.LowBalanceLevels;
import io.tokenmeter.ledger.Market;
import io.tokenmeter.ledger.Output;
import io.tokenmeter.ledger.QuotaExceeded;
import io.tokenmeter.ledger.QuotaId;
import io.tokenmeter.ledger.QuotaMeter;
import io.tokenmeter.ledger.QuotaScope;
import io.tokenmeter.ledger.QuotaSetting;
import io.tokenmeter.ledger.QuotaStep;
import io.tokenmeter.ledger.QuotaSubject;
import io.tokenmeter.ledger.QuotaWindow;
import io.tokenmeter.ledger.Reminder;
import io.tokenmeter.ledger.ReminderReason;
import io.tokenmeter.ledger.StateKey;
import io.tokenmeter.measured.Outcome;
import io.tokenmeter.rated.Amount;
import io.tokenmeter.raw.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScopedQuotasTest {
  private static final Instant DAY_END = Instant.parse("2026-05-06T00:00:00Z");
  private static final QuotaSubject ANN = new QuotaSubject(QuotaScope.USER, "ann");
  private final Market market = new Market().offer("gpt", "1", Instant.MIN);
  private final WatchedLedger ledger = new WatchedLedger(market.ledger(Desk.DEFAULTS));
  private final Desk desk =
      new Desk((account, memory, entry) -> ledger.apply(account, memory, entry, Market.NO_LOOKUP));
  private int usages;

  private static QuotaSetting quota(
      QuotaScope scope,
      @Nullable String subject,
      QuotaMeter meter,
      QuotaWindow window,
      String limit) {
    return new QuotaSetting(
        new QuotaId("q"),
        scope,
        subject,
        meter,
        window,
        Amount.of(limit),
        List.of(),
        true,
        List.of());
  }

  private List<Output> configure(QuotaSetting... quotas) {
    return desk.command(
        NOON,
        new ConfigureOrg(
            null,
            null,
            LowBalanceLevels.NONE,
            List.of(quotas),
            Amount.of("1000"),
            null,
            null,
            null,
            Map.of(),
            Set.of()));
  }

  private List<Output> spend(Instant at, String user, int amount) {
    usages++;
    return desk.take(
        at,
        usages,
        Facts.usage(Map.of(Scope.USER, user), "u" + usages, "gpt", amount, at, Set.of()));
  }

  private static List<String> answers(List<Output> outputs) {
    return only(EntitlementChanged.class, outputs).stream()
        .map(changed -> changed.subject() + " " + changed.entitlement().decision())
        .toList();
  }

  private static List<String> events(List<Output> outputs) {
    return only(QuotaExceeded.class, outputs).stream()
        .map(event -> event.type() + " " + event.subject())
        .toList();
  }

  @Test
  void countEachUserForItselfAndDenyThatOneAlone() {
    configure(quota(QuotaScope.USER, null, QuotaMeter.SPEND, QuotaWindow.DAY, "10"));
    assertThat(events(spend(NOON, "ann", 9))).isEmpty();
    assertThat(events(spend(NOON, "bob", 9))).isEmpty();
    List<Output> outputs = spend(NOON, "ann", 1);
    assertThat(events(outputs)).containsExactly("EXCEEDED USER:ann");
    assertThat(only(EntitlementChanged.class, outputs))
        .singleElement()
        .satisfies(
            changed -> {
              assertThat(changed.subject()).isEqualTo(ANN);
              assertThat(changed.entitlement())
                  .isEqualTo(Entitlement.quotaExceeded(new QuotaId("q"), DAY_END));
            });
    assertThat(desk.account().quotas()).as("the account holds none of it").isEmpty();
    assertThat(desk.account().told().denied()).containsExactly(ANN);
  }

  @Test
  void countOneUserAlone() {
    configure(quota(QuotaScope.USER, "ann", QuotaMeter.SPEND, QuotaWindow.DAY, "10"));
    assertThat(events(spend(NOON, "bob", 10))).isEmpty();
    assertThat(events(spend(NOON, "ann", 10))).containsExactly("EXCEEDED USER:ann");
  }

  @Test
  void countAModelByItsNameInTheBook() {
    configure(quota(QuotaScope.MODEL, null, QuotaMeter.SPEND, QuotaWindow.LIFETIME, "10"));
    List<Output> outputs = spend(NOON, "ann", 10);
    assertThat(events(outputs)).containsExactly("EXCEEDED MODEL:gpt");
    assertThat(only(EntitlementChanged.class, outputs).get(0).entitlement().until()).isNull();
  }

  @Test
  void countTokensOfTheirSide() {
    configure(
        quota(QuotaScope.ORGANISATION, null, QuotaMeter.OUTPUT_TOKENS, QuotaWindow.HOUR, "8"));
    desk.take(NOON, -1, Facts.request("a", "gpt", 100, NOON, Set.of()));
    List<Output> outputs =
        desk.take(NOON, -2, Facts.response("a", "gpt", 8, Outcome.OK, NOON, Set.of()));
    assertThat(events(outputs)).containsExactly("EXCEEDED ORGANISATION:");
    assertThat(only(QuotaExceeded.class, outputs).get(0).unit()).isEqualTo("output_tokens");
  }

  @Test
  void countNothingOutsideOfFixedDates() {
    QuotaWindow week = QuotaWindow.fixed(NOON, NOON.plus(Duration.ofDays(7)));
    configure(quota(QuotaScope.USER, null, QuotaMeter.SPEND, week, "10"));
    spend(NOON.minusSeconds(1), "ann", 100);
    assertThat(desk.recall(StateKey.of(ANN))).isEmpty();
    assertThat(events(spend(NOON, "ann", 10))).containsExactly("EXCEEDED USER:ann");
  }

  @Test
  void allowAgainAtTheWindowsEndByAReminderWhereTheUserIsSilent() {
    configure(quota(QuotaScope.USER, null, QuotaMeter.SPEND, QuotaWindow.DAY, "10"));
    spend(NOON, "ann", 10);
    Due due =
        desk.dues().stream().filter(d -> d.kind() == Due.Kind.WINDOW).findFirst().orElseThrow();
    assertThat(due.at()).isEqualTo(DAY_END);
    Reminder reminder = ledger.due(due, desk.recall(due.key()), due.at()).orElseThrow().reminder();

    desk.take(DAY_END.minusMillis(1), 0, reminder);
    assertThat(desk.dues()).as("a reminder that comes early is put off").endsWith(due);
    List<Output> told = desk.take(DAY_END.plusSeconds(5), 0, reminder);
    assertThat(events(told)).containsExactly("RESET USER:ann");
    assertThat(answers(told)).containsExactly("USER:ann ALLOW");
    assertThat(only(QuotaExceeded.class, told).get(0).occurredAt()).isEqualTo(DAY_END);
    assertThat(desk.account().told().denied()).isEmpty();
    assertThat(events(desk.take(DAY_END.plusSeconds(6), 0, reminder))).isEmpty();
  }

  @Test
  void allowWhoIsDeniedWhenTheLimitIsRaised() {
    configure(quota(QuotaScope.USER, null, QuotaMeter.SPEND, QuotaWindow.DAY, "10"));
    spend(NOON, "ann", 10);
    List<Output> outputs =
        configure(quota(QuotaScope.USER, null, QuotaMeter.SPEND, QuotaWindow.DAY, "20"));
    Reminder reminder = new Reminder(StateKey.of(ANN), ReminderReason.WINDOW_ENDED);
    assertThat(only(JournalReminder.class, outputs))
        .containsExactly(new JournalReminder(Desk.ORG, reminder));
    assertThat(answers(desk.take(NOON, 0, reminder))).containsExactly("USER:ann ALLOW");
    assertThat(events(spend(NOON, "ann", 10))).containsExactly("EXCEEDED USER:ann");
  }

  @Test
  void raiseThemselvesByDaysAndByWhatWasPaid() {
    QuotaSetting tiered =
        new QuotaSetting(
            new QuotaId("q"),
            QuotaScope.ORGANISATION,
            null,
            QuotaMeter.SPEND,
            QuotaWindow.HOUR,
            Amount.of("10"),
            List.of(),
            true,
            List.of(
                new QuotaStep(7, null, null, Amount.of("20")),
                new QuotaStep(7, Amount.of("50"), "USD", Amount.of("50"))));
    configure(tiered);
    assertThat(events(spend(NOON, "ann", 10))).containsExactly("EXCEEDED ORGANISATION:");
    Instant week = NOON.plus(Duration.ofDays(7));
    assertThat(events(spend(week, "ann", 19))).containsExactly("RESET ORGANISATION:");
    desk.command(
        week,
        new GrantCredits(
            new GrantId("paid"),
            Amount.of("60"),
            GrantKind.PURCHASE,
            1,
            week,
            null,
            Amount.of("50"),
            "USD"));
    assertThat(events(spend(week, "ann", 30))).isEmpty();
    assertThat(events(spend(week, "ann", 1))).containsExactly("EXCEEDED ORGANISATION:");
  }

  @Test
  void forgetACounterOnceItsWindowIsClosed() {
    configure(quota(QuotaScope.USER, null, QuotaMeter.SPEND, QuotaWindow.MINUTE, "10"));
    spend(NOON, "ann", 1);
    Instant minute = NOON.plusSeconds(60);
    assertThat(desk.recall(StateKey.of(ANN)).orElseThrow().forgetAt())
        .isEqualTo(minute.plus(Duration.ofDays(1)));
  }
}
