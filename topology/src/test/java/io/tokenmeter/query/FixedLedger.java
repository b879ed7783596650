package io.tokenmeter.query;

import io.tokenmeter.ledger.Command;
import io.tokenmeter.ledger.PriceTerms;
import io.tokenmeter.ledger.WindowTotals;
import io.tokenmeter.measured.Meter;
import io.tokenmeter.rated.Amount;
import io.tokenmeter.raw.OrgId;
import io.tokenmeter.raw.Quantity;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The stores of an instance, held in memory, with what was asked of them. */
final class FixedLedger implements LedgerReader {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private final Map<OrgId, Amount> billed = new ConcurrentHashMap<>();
  private final List<Command> commands = new CopyOnWriteArrayList<>();
  private final List<String> carriedOut = new CopyOnWriteArrayList<>();
  private volatile boolean prompt = true;
  private final List<String> questions = new ArrayList<>();
  private volatile boolean active = true;
  private volatile boolean held = true;
  private volatile long lagRecords;
  private volatile boolean broken;
  private volatile PriceTerms terms =
      new PriceTerms("gptbots", "credit", ZoneOffset.UTC, Map.of(), List.of());
  private volatile Set<Integer> partitions = Set.of(0);

  FixedLedger bill(String org, String amount) {
    billed.put(new OrgId(org), Amount.of(amount));
    return this;
  }

  /** From now on a standby that lags. */
  void demote(long lag) {
    lagRecords = lag;
    active = false;
  }

  /** From now on it holds nothing. */
  void drop() {
    held = false;
  }

  /** From now on it throws what only a defect throws. */
  void breakDown() {
    broken = true;
  }

  synchronized List<String> questions() {
    return List.copyOf(questions);
  }

  @Override
  public Reading<BalanceView> balance(OrgId org, Instant at, Copy copy) {
    return read(org, copy, balanceOf(org));
  }

  @Override
  public OwnedOrganisations organisations(@Nullable String after, int limit, Instant at) {
    if (!held || !active) {
      return new OwnedOrganisations(Set.of(), List.of());
    }
    List<OrganisationView> found =
        billed.keySet().stream()
            .filter(org -> after == null || org.value().compareTo(after) > 0)
            .sorted(Comparator.comparing(OrgId::value))
            .limit(limit)
            .map(FixedLedger.this::organisation)
            .toList();
    return new OwnedOrganisations(partitions, found);
  }

  private OrganisationView organisation(OrgId org) {
    BalanceView balance = balanceOf(org);
    return new OrganisationView(
        org,
        "credit",
        balance.balance(),
        balance.available(),
        balance.spentLastHour(),
        balance.runsOutAt(),
        "ALLOW",
        null,
        NOON);
  }

  /** Two usages, whichever organisations it has. */
  @Override
  public OwnedUnpriced unpriced() {
    return held && active
        ? new OwnedUnpriced(
            partitions,
            List.of(new UnpricedView("gptbots", "orion-preview", 2, billed.size(), NOON)),
            true)
        : new OwnedUnpriced(Set.of(), List.of(), false);
  }

  /** From now on it owns these, not the first alone. */
  void own(Set<Integer> owned) {
    partitions = Set.copyOf(owned);
  }

  @Override
  public Reading<EntitlementView> entitlement(OrgId org, Copy copy) {
    return read(
        org,
        copy,
        new EntitlementView(
            org, "DENY", "QUOTA_EXCEEDED:daily", Instant.parse("2026-03-02T00:00:00Z"), 7, NOON));
  }

  @Override
  public Reading<GrantsView> grants(OrgId org, Copy copy) {
    BalanceView balance = balanceOf(org);
    return read(
        org, copy, new GrantsView(org, "credit", balance.grants(), balance.pending(), 7, NOON));
  }

  @Override
  public Reading<QuotaSubjectsView> quota(OrgId org, SubjectsQuery query, Instant at, Copy copy) {
    if (!query.quota().equals("each-user")) {
      throw new ProblemException(ProblemCode.UNKNOWN_QUOTA, "there is one, each-user");
    }
    QuotaView quota =
        new QuotaView(
            "each-user",
            "user",
            null,
            "total_tokens",
            "day",
            Instant.parse("2026-03-01T00:00:00Z"),
            Instant.parse("2026-03-02T00:00:00Z"),
            Amount.of("1000"),
            null,
            null,
            List.of(),
            true);
    List<QuotaSubjectsView.Used> all =
        List.of(
            new QuotaSubjectsView.Used("ann", Amount.of("400"), Amount.of("600")),
            new QuotaSubjectsView.Used("bo", Amount.of("1200"), Amount.ZERO));
    boolean more = query.limit() == 1;
    return read(
        org,
        copy,
        new QuotaSubjectsView(
            org,
            "credit",
            quota,
            more ? all.subList(0, 1) : all,
            more ? query.nextPath(org, "ann") : null,
            7,
            NOON));
  }

  @Override
  public Reading<QuotasView> quotas(OrgId org, Instant at, Copy copy) {
    QuotaView daily =
        new QuotaView(
            "daily",
            "organisation",
            null,
            "spend",
            "day",
            Instant.parse("2026-03-01T00:00:00Z"),
            Instant.parse("2026-03-02T00:00:00Z"),
            Amount.of("5"),
            Amount.of("5.25"),
            Amount.ZERO,
            List.of(80),
            true);
    return read(org, copy, new QuotasView(org, "credit", List.of(daily), 7, NOON));
  }

  @Override
  public Reading<TermsView> terms(OrgId org, Copy copy) {
    return read(org, copy, TermsView.of(org, terms, 7, NOON));
  }

  /** From now on its organisations are charged by these. */
  void charge(PriceTerms others) {
    terms = others;
  }

  @Override
  public Reading<ChargesView> charges(OrgId org, ChargesQuery query, Copy copy) {
    ChargeView charge = ChargeView.of(SampleCharge.of(org, 7));
    String next = query.limit() == 1 ? query.nextPath(org, charge) : null;
    return read(org, copy, new ChargesView(org, 1, List.of(charge), next, 7, NOON));
  }

  @Override
  public Reading<ChargeView> charge(OrgId org, String usageId, Copy copy) {
    if (!usageId.equals(SampleCharge.USAGE)) {
      throw new ProblemException(ProblemCode.UNKNOWN_CHARGE, "no charge of usage " + usageId);
    }
    return read(org, copy, ChargeView.of(SampleCharge.of(org, 7)));
  }

  /** Takes a command as the ledger does, at once or never. */
  void carryOut(OrgId org, Command command) {
    commands.add(command);
    if (prompt) {
      billed.putIfAbsent(org, Amount.ZERO);
      carriedOut.add(command.id().value());
    }
  }

  /** From now on no command is carried out. */
  void dawdle() {
    prompt = false;
  }

  List<Command> commands() {
    return List.copyOf(commands);
  }

  @Override
  public Reading<CommandView> command(OrgId org, CommandKey key, Copy copy) {
    Reading<String> known = read(org, copy, "");
    if (!(known instanceof Reading.Found<String> found)) {
      return known instanceof Reading.NotHere<String>
          ? new Reading.NotHere<>()
          : new Reading.UnknownOrg<>();
    }
    String id =
        carriedOut.stream()
            .filter(key::isOf)
            .findFirst()
            .orElseThrow(
                () -> new ProblemException(ProblemCode.UNKNOWN_COMMAND, "none under " + key));
    return new Reading.Found<>(new CommandView(org, key.value(), id, 8, NOON), found.source());
  }

  @Override
  public Reading<UsageView> usage(OrgId org, UsageQuery query, Copy copy) {
    UsageTally tally = new UsageTally(query, ZoneId.of("Europe/Berlin"));
    Instant start = Instant.parse("2026-02-28T23:00:00Z");
    for (String model : new TreeSet<>(Set.of("", "anthropic/claude", "openai/gpt-4.1"))) {
      for (String type : List.of("chat", "embedding")) {
        tally.add(
            start,
            query.by() == UsageGrouping.MODEL ? model : query.by() == null ? "" : type,
            new WindowTotals(
                2,
                Amount.of("0.125"),
                1,
                Amount.of("0.025"),
                Map.of(Meter.INPUT_TOKENS, Quantity.of(1000)),
                Map.of(Meter.INPUT_TOKENS, Amount.of("0.125"))));
      }
    }
    return read(
        org,
        copy,
        UsageView.page(org, "credit", ZoneId.of("Europe/Berlin"), query, tally.rows(), 7, NOON));
  }

  private synchronized <T> Reading<T> read(OrgId org, Copy copy, T value) {
    questions.add(org + " " + copy.wireName());
    if (broken) {
      throw new IllegalStateException("broken on purpose");
    }
    if (!held || (!active && copy == Copy.OWNER)) {
      return new Reading.NotHere<>();
    }
    if (!billed.containsKey(org)) {
      return new Reading.UnknownOrg<>();
    }
    return new Reading.Found<>(
        value, active ? new Reading.Source.Active() : new Reading.Source.Standby(lagRecords));
  }

  private BalanceView balanceOf(OrgId org) {
    Amount spent = billed.getOrDefault(org, Amount.ZERO);
    Amount granted = Amount.of("100");
    GrantView grant =
        new GrantView(
            "welcome",
            "GIFT",
            10,
            granted,
            granted.minus(spent),
            Instant.parse("2026-01-01T00:00:00Z"),
            null);
    GrantView coming =
        new GrantView(
            "spring",
            "PURCHASE",
            10,
            Amount.of("5"),
            Amount.of("5"),
            Instant.parse("2026-04-01T00:00:00Z"),
            Instant.parse("2026-05-01T00:00:00Z"));
    return new BalanceView(
        org,
        "credit",
        "gptbots",
        granted.minus(spent),
        Amount.ZERO,
        granted.minus(spent),
        granted,
        Amount.ZERO,
        Amount.ZERO,
        spent,
        Amount.ZERO,
        Amount.of("0.25"),
        NOON.plusSeconds(3600),
        List.of(Amount.of("10")),
        List.of(grant),
        List.of(coming),
        7,
        NOON);
  }
}
