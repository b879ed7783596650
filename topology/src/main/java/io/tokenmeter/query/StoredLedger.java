package io.tokenmeter.query;

import io.tokenmeter.ledger.Account;
import io.tokenmeter.ledger.LedgerDefaults;
import io.tokenmeter.ledger.Remembered;
import io.tokenmeter.ledger.WindowTotals;
import io.tokenmeter.raw.OrgId;
import io.tokenmeter.schema.BilledUsage;
import io.tokenmeter.stream.LedgerStores;
import io.tokenmeter.stream.StoreKeys;
import java.time.Instant;
import java.time.ZoneId;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsStoppedException;
import org.apache.kafka.streams.query.KeyQuery;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.query.StateQueryRequest;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger application's own stores hold, by interactive queries.
 *
 * <p>The owner's copy is read only while its task is active and has restored its stores; a copy
 * that is being restored or moved away is not here. A standby that lags can't know that an
 * organisation is unknown, and doesn't say so.
 */
public final class StoredLedger implements LedgerReader {
  /** Above every hash in a command's id. */
  private static final String LAST_HASH = "g";

  private final KafkaStreams ledger;
  private final Routing routing;
  private final LedgerDefaults defaults;
  private final StandbyLags lags;

  /** An account with the copy that it was read from. */
  private record Held(int partition, Account account, Reading.Source source) {}

  /**
   * Reads the stores of an application.
   *
   * @param defaults those that its ledger works with
   */
  public StoredLedger(KafkaStreams ledger, Routing routing, LedgerDefaults defaults) {
    this.ledger = ledger;
    this.routing = routing;
    this.defaults = defaults;
    this.lags = new StandbyLags(ledger::allLocalStorePartitionLags);
  }

  @Override
  public Reading<BalanceView> balance(OrgId org, Instant at, Copy copy) {
    return read(org, copy, held -> AccountViews.balance(held.account(), unit(held), at));
  }

  @Override
  public OwnedOrganisations organisations(@Nullable String after, int limit, Instant at) {
    return new StoredOrganisations(ledger, defaults).after(after, limit, at);
  }

  @Override
  public OwnedUnpriced unpriced() {
    return new StoredUnpriced(ledger).read();
  }

  @Override
  public Reading<EntitlementView> entitlement(OrgId org, Copy copy) {
    return read(org, copy, held -> AccountViews.entitlement(held.account()));
  }

  @Override
  public Reading<UsageView> usage(OrgId org, UsageQuery query, Copy copy) {
    return read(org, copy, held -> usage(query, held));
  }

  @Override
  public Reading<GrantsView> grants(OrgId org, Copy copy) {
    return read(org, copy, held -> AccountViews.grants(held.account(), unit(held)));
  }

  @Override
  public Reading<QuotasView> quotas(OrgId org, Instant at, Copy copy) {
    return read(org, copy, held -> quotas(held, at).all());
  }

  @Override
  public Reading<QuotaSubjectsView> quota(OrgId org, SubjectsQuery query, Instant at, Copy copy) {
    return read(org, copy, held -> quotas(held, at).page(query));
  }

  @Override
  public Reading<TermsView> terms(OrgId org, Copy copy) {
    return read(org, copy, held -> AccountViews.terms(held.account()));
  }

  @Override
  public Reading<ChargesView> charges(OrgId org, ChargesQuery query, Copy copy) {
    return read(org, copy, held -> recent(held).page(query));
  }

  @Override
  public Reading<ChargeView> charge(OrgId org, String usageId, Copy copy) {
    return read(org, copy, held -> recent(held).charge(usageId));
  }

  @Override
  public Reading<CommandView> command(OrgId org, CommandKey key, Copy copy) {
    return read(org, copy, held -> command(key, held));
  }

  private CommandView command(CommandKey key, Held held) {
    Account account = held.account();
    Instant asOf = AccountViews.asOf(account);
    ReadOnlyKeyValueStore<String, Remembered> ids = ids(held);
    String first = StoreKeys.command(account.orgId(), key.beginning());
    try (KeyValueIterator<String, Remembered> found = ids.range(first, first + LAST_HASH)) {
      while (found.hasNext()) {
        KeyValue<String, Remembered> seen = found.next();
        String id = seen.key.substring(first.length() - key.beginning().length());
        if (key.isOf(id) && seen.value.forgetAt().isAfter(asOf)) {
          return new CommandView(account.orgId(), key.value(), id, account.sequence(), asOf);
        }
      }
    }
    throw new ProblemException(
        ProblemCode.UNKNOWN_COMMAND,
        "the ledger has carried out no command under "
            + key.value()
            + " yet, or has forgotten it; look at the balance, or try again in a second");
  }

  private StoredQuotas quotas(Held held, Instant at) {
    return new StoredQuotas(held.account(), ids(held), unit(held), at);
  }

  private ReadOnlyKeyValueStore<String, Remembered> ids(Held held) {
    return store(LedgerStores.IDS, QueryableStoreTypes.<String, Remembered>keyValueStore(), held);
  }

  private StoredCharges recent(Held held) {
    return new StoredCharges(
        held.account(),
        store(
            LedgerStores.CHARGES, QueryableStoreTypes.<String, BilledUsage>keyValueStore(), held));
  }

  /** The account is read first, so that the windows include its postings, and maybe later ones. */
  private UsageView usage(UsageQuery query, Held held) {
    Account account = held.account();
    ZoneId zone = account.settings().zone();
    UsageTally tally =
        StoredUsage.tally(account.orgId(), account.settings(), query, windows(query, held));
    return UsageView.page(
        account.orgId(),
        unit(held),
        zone,
        query,
        tally.rows(),
        account.sequence(),
        AccountViews.asOf(account));
  }

  private ReadOnlyWindowStore<String, WindowTotals> windows(UsageQuery query, Held held) {
    return store(
        LedgerStores.usage(query.window().stored()),
        QueryableStoreTypes.<String, WindowTotals>windowStore(),
        held);
  }

  private <T> T store(String name, QueryableStoreType<T> type, Held held) {
    StoreQueryParameters<T> parameters =
        StoreQueryParameters.fromNameAndType(name, type).withPartition(held.partition());
    try {
      return ledger.store(
          held.source() instanceof Reading.Source.Standby
              ? parameters.enableStaleStores()
              : parameters);
    } catch (IllegalStateException e) {
      // Unlike query, store says so when the application was stopped in between.
      throw new StreamsStoppedException(e.getMessage(), e);
    }
  }

  private String unit(Held held) {
    return defaults.unitOf(held.account());
  }

  private <T> Reading<T> read(OrgId org, Copy copy, Function<Held, T> view) {
    if (!(routing.place(org) instanceof Place.Assigned place)) {
      return new Reading.NotHere<>();
    }
    try {
      Reading<T> active = readActive(org, place.partition(), view);
      return active instanceof Reading.NotHere<T> && copy == Copy.ANY
          ? readStandby(org, place.partition(), view)
          : active;
    } catch (InvalidStateStoreException e) {
      // Moved, closed or being restored while it was read.
      return new Reading.NotHere<>();
    }
  }

  private <T> Reading<T> readActive(OrgId org, int partition, Function<Held, T> view) {
    QueryResult<Account> result = query(partition, request(org, partition).requireActive());
    if (result == null || result.isFailure()) {
      return new Reading.NotHere<>();
    }
    Account account = result.getResult();
    Reading.Source source = new Reading.Source.Active();
    return account == null
        ? new Reading.UnknownOrg<>()
        : new Reading.Found<>(view.apply(new Held(partition, account, source)), source);
  }

  private <T> Reading<T> readStandby(OrgId org, int partition, Function<Held, T> view) {
    OptionalLong lag = lags.lagRecords(partition);
    QueryResult<Account> result = query(partition, request(org, partition));
    if (lag.isEmpty() || result == null || result.isFailure()) {
      return new Reading.NotHere<>();
    }
    Account account = result.getResult();
    if (account == null) {
      return new Reading.NotHere<>();
    }
    Reading.Source source = new Reading.Source.Standby(lag.getAsLong());
    return new Reading.Found<>(view.apply(new Held(partition, account, source)), source);
  }

  private static StateQueryRequest<Account> request(OrgId org, int partition) {
    return StateQueryRequest.inStore(LedgerStores.ACCOUNTS)
        .withQuery(KeyQuery.<String, Account>withKey(org.value()))
        .withPartitions(Set.of(partition));
  }

  /**
   * What one partition says. Not by getOnlyPartitionResult, which takes a key without a value for a
   * partition without an answer, and throws where the partition's answer is a failure.
   *
   * @return null when the partition isn't here
   */
  private @Nullable QueryResult<Account> query(int partition, StateQueryRequest<Account> request) {
    return ledger.query(request).getPartitionResults().get(partition);
  }
}
