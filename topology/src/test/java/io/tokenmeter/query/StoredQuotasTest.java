package io.tokenmeter.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tokenmeter.ledger.Account;
import io.tokenmeter.ledger.Command;
import io.tokenmeter.ledger.CommandId;
import io.tokenmeter.ledger.ConfigureOrg;
import io.tokenmeter.ledger.ContentHash;
import io.tokenmeter.ledger.Entry;
import io.tokenmeter.ledger.Fact;
import io.tokenmeter.ledger.JournalPosition;
import io.tokenmeter.ledger.Ledger;
import io.tokenmeter.ledger.LedgerDefaults;
import io.tokenmeter.ledger.Metered;
import io.tokenmeter.ledger.QuotaId;
import io.tokenmeter.ledger.QuotaMeter;
import io.tokenmeter.ledger.QuotaScope;
import io.tokenmeter.ledger.QuotaSetting;
import io.tokenmeter.ledger.QuotaSubject;
import io.tokenmeter.ledger.QuotaWindow;
import io.tokenmeter.ledger.Remembered;
import io.tokenmeter.ledger.StateKey;
import io.tokenmeter.ledger.Transition;
import io.tokenmeter.measured.MeasuredUsage;
import io.tokenmeter.measured.Meter;
import io.tokenmeter.measured.MeterReading;
import io.tokenmeter.measured.Provenance;
import io.tokenmeter.rated.Amount;
import io.tokenmeter.rated.Rater;
import io.tokenmeter.raw.KeyMode;
import io.tokenmeter.raw.OrgId;
import io.tokenmeter.raw.Origin;
import io.tokenmeter.raw.Scope;
import io.tokenmeter.raw.UsageId;
import io.tokenmeter.stream.StoreKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** By counters that the real ledger made. */
class StoredQuotasTest {
  private static final Instant NOON = FixedLedger.NOON;
  private static final OrgId ORG = new OrgId("acme");
  private final FixedPrices prices = new FixedPrices();
  private final Map<StateKey, Remembered> memory = new HashMap<>();
  private final Ids ids = new Ids();
  private final Ledger ledger =
      new Ledger(
          (request, response, basis, policy) -> {
            throw new AssertionError("there are usage records here, and no exchanges");
          },
          Rater::rate,
          (call, readings) -> "chat",
          LedgerDefaults.of("gptbots", "credit"));
  private Account account = ledger.open(ORG);
  private long offset;

  @BeforeEach
  void setUp() {
    ConfigureOrg unchanged = ConfigureOrg.unchanged();
    take(
        NOON,
        new Command(
            new CommandId("c"),
            NOON,
            new ConfigureOrg(
                unchanged.book(),
                unchanged.zone(),
                unchanged.lowBalance(),
                List.of(
                    quota("whole", QuotaScope.ORGANISATION, null, QuotaMeter.SPEND),
                    quota("users", QuotaScope.USER, null, QuotaMeter.INPUT_TOKENS),
                    quota("ann", QuotaScope.USER, "ann", QuotaMeter.SPEND),
                    quota("models", QuotaScope.MODEL, null, QuotaMeter.INPUT_TOKENS)),
                unchanged.overdraft(),
                unchanged.entitlementBasis(),
                unchanged.billingBasis(),
                unchanged.failurePolicy(),
                unchanged.deployments(),
                unchanged.usageDimensions())));
  }

  @Test
  void tellsOfEachUserWhatItUsedAndWhatItHasLeft() {
    use(NOON, "ann", 400);
    use(NOON, "bo", 700);
    use(NOON, "ann", 50);
    use(NOON, "bo", 700);

    QuotaSubjectsView view = quotas(NOON).page(all("users"));

    assertThat(view.subjects())
        .extracting(
            QuotaSubjectsView.Used::subject,
            QuotaSubjectsView.Used::used,
            QuotaSubjectsView.Used::left)
        .containsExactly(
            tuple("ann", Amount.of("450"), Amount.of("550")),
            tuple("bo", Amount.of("1400"), Amount.ZERO));
    assertThat(view.next()).isNull();
    assertThat(view.quota().end()).isEqualTo("2026-03-02T00:00:00Z");
    assertThat(view.quota().used()).isNull();
    assertThat(view.sequence()).isEqualTo(4);
    assertThat(quotas(NOON).page(all("models")).subjects())
        .containsExactly(
            new QuotaSubjectsView.Used("openai/gpt-4.1", Amount.of("1850"), Amount.ZERO));
  }

  @Test
  void tellsOfTheOrganisationAndOfOneThatIsNamedBesideTheQuota() {
    use(NOON, "ann", 1000);
    use(NOON, "bo", 1000);

    assertThat(quotas(NOON).all().quotas())
        .extracting(QuotaView::quotaId, QuotaView::used, QuotaView::left)
        .containsExactly(
            tuple("whole", Amount.of("0.44"), Amount.of("999.56")),
            tuple("users", null, null),
            tuple("ann", Amount.of("0.22"), Amount.of("999.78")),
            tuple("models", null, null));
    assertThat(quotas(NOON).page(all("ann")).subjects())
        .containsExactly(new QuotaSubjectsView.Used("ann", Amount.of("0.22"), Amount.of("999.78")));
    assertThat(quotas(NOON).page(all("whole")).subjects()).isEmpty();
  }

  @Test
  void everythingIsLeftOnceTheWindowHasEnded() {
    use(NOON, "ann", 1000);
    Instant tomorrow = NOON.plus(Duration.ofDays(1));

    assertThat(quotas(tomorrow).page(all("users")).subjects()).isEmpty();
    assertThat(quotas(tomorrow).page(new SubjectsQuery("users", "ann", null, 10)).subjects())
        .containsExactly(new QuotaSubjectsView.Used("ann", Amount.ZERO, Amount.of("1000")));
  }

  @Test
  void tellsOfOneThatNeverUsedAnything() {
    assertThat(quotas(NOON).page(new SubjectsQuery("users", "nobody", null, 10)).subjects())
        .containsExactly(new QuotaSubjectsView.Used("nobody", Amount.ZERO, Amount.of("1000")));
  }

  @Test
  void pagesShowEachOnceAndNoNeighbour() {
    List<String> users = new ArrayList<>();
    for (String user : List.of("a", "a:b", "a/b", "ä", "z z", "zz", "~")) {
      use(NOON, user, 1);
      users.add(user);
    }
    List<String> shown = new ArrayList<>();
    String after = null;
    QuotaSubjectsView page;
    do {
      page = quotas(NOON).page(new SubjectsQuery("users", null, after, 2));
      page.subjects().forEach(one -> shown.add(one.subject()));
      after = shown.get(shown.size() - 1);
    } while (page.next() != null);
    assertThat(shown)
        .containsExactlyInAnyOrderElementsOf(users)
        .isSortedAccordingTo(StoredOrganisations.BY_BYTES);
    assertThat(quotas(NOON).page(new SubjectsQuery("users", null, "z z", 1)).next())
        .isEqualTo("/v1/orgs/acme/quotas/users?after=zz&limit=1");
  }

  @Test
  void looksAtNoMoreThanAPageMayCostAndGoesOnFromThere() {
    Instant yesterday = NOON.minus(Duration.ofDays(1));
    Remembered old = Remembered.Counted.of(List.of(), null, Duration.ofDays(1));
    for (int i = 0; i <= StoredQuotas.MOST_LOOKED_AT; i++) {
      ids.stored.put(StoreKeys.subject(ORG, QuotaScope.USER, "user-%05d".formatted(i)), old);
    }
    use(yesterday, "user-00000", 1);
    use(NOON, "user-05000", 1);

    QuotaSubjectsView page = quotas(NOON).page(all("users"));

    assertThat(page.subjects()).isEmpty();
    assertThat(page.next()).isEqualTo("/v1/orgs/acme/quotas/users?after=user-04999&limit=100");
    assertThat(quotas(NOON).page(new SubjectsQuery("users", null, "user-04999", 100)).subjects())
        .extracting(QuotaSubjectsView.Used::subject)
        .containsExactly("user-05000");
  }

  @Test
  void refusesWhatNoQuotaCounts() {
    assertThatThrownBy(() -> quotas(NOON).page(all("none")))
        .hasMessage(
            "the organisation has no quota \"none\"; /v1/orgs/{org}/quotas lists those that it has");
    assertThatThrownBy(() -> quotas(NOON).page(new SubjectsQuery("ann", "bo", null, 1)))
        .hasMessage("quota ann counts ann alone; leave subject out");
    assertThatThrownBy(() -> quotas(NOON).page(new SubjectsQuery("whole", "bo", null, 1)))
        .hasMessage("quota whole is the organisation's own and counts nobody; leave subject out");
  }

  private StoredQuotas quotas(Instant at) {
    return new StoredQuotas(account, ids, "credit", at);
  }

  private static SubjectsQuery all(String quota) {
    return new SubjectsQuery(quota, null, null, 100);
  }

  private static QuotaSetting quota(
      String id, QuotaScope scope, @Nullable String subject, QuotaMeter meter) {
    return new QuotaSetting(
        new QuotaId(id),
        scope,
        subject,
        meter,
        QuotaWindow.DAY,
        Amount.of("1000"),
        List.of(),
        false,
        List.of());
  }

  private void use(Instant at, String user, long tokens) {
    take(
        at,
        new Metered(
            new MeasuredUsage(
                new UsageId("u" + offset),
                Map.of(Scope.USER, user),
                null,
                "gpt-4.1",
                KeyMode.PLATFORM,
                null,
                at,
                MeterReading.of(Meter.INPUT_TOKENS, tokens, Provenance.REPORTED),
                Set.of(),
                Map.of())));
  }

  private void take(Instant at, Fact fact) {
    Transition taken =
        ledger.apply(
            account,
            key -> Optional.ofNullable(memory.get(key)),
            new Entry(
                ORG,
                new JournalPosition(0, offset, at),
                new Origin("usage.records", 0, offset),
                new ContentHash(1, offset),
                fact),
            prices);
    offset++;
    account = taken.account();
    memory.putAll(taken.remember());
    taken
        .remember()
        .forEach(
            (key, remembered) -> {
              if (key.kind() == StateKey.Kind.SUBJECT) {
                QuotaSubject subject = QuotaSubject.parse(key.id());
                ids.stored.put(
                    StoreKeys.subject(ORG, subject.scope(), subject.value()), remembered);
              }
            });
  }

  /** A store that orders as the real one does. */
  private static final class Ids implements ReadOnlyKeyValueStore<String, Remembered> {
    private final TreeMap<String, Remembered> stored = new TreeMap<>(StoredOrganisations.BY_BYTES);

    @Override
    public @Nullable Remembered get(String key) {
      return stored.get(key);
    }

    @Override
    public KeyValueIterator<String, Remembered> range(String from, String to) {
      Iterator<Map.Entry<String, Remembered>> found =
          stored.subMap(from, true, to, true).entrySet().iterator();
      return new KeyValueIterator<>() {
        @Override
        public void close() {}

        @Override
        public String peekNextKey() {
          throw new UnsupportedOperationException();
        }

        @Override
        public boolean hasNext() {
          return found.hasNext();
        }

        @Override
        public KeyValue<String, Remembered> next() {
          Map.Entry<String, Remembered> next = found.next();
          return KeyValue.pair(next.getKey(), next.getValue());
        }
      };
    }

    @Override
    public KeyValueIterator<String, Remembered> all() {
      throw new UnsupportedOperationException();
    }

    @Override
    public long approximateNumEntries() {
      throw new UnsupportedOperationException();
    }
  }
}
