package io.tokenmeter.query;

import io.tokenmeter.ledger.Account;
import io.tokenmeter.ledger.QuotaCounter;
import io.tokenmeter.ledger.QuotaScope;
import io.tokenmeter.ledger.QuotaSetting;
import io.tokenmeter.ledger.Remembered;
import io.tokenmeter.ledger.Span;
import io.tokenmeter.rated.Amount;
import io.tokenmeter.stream.StoreKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What is used of an organisation's quotas: of its own by its account, of those of a project, user,
 * key or model by what is remembered of each. The account was read before.
 */
final class StoredQuotas {
  /** How many that are remembered one page looks at, found or not: a bound on what it costs. */
  static final int MOST_LOOKED_AT = 5_000;

  private final Account account;
  private final ReadOnlyKeyValueStore<String, Remembered> ids;
  private final String unit;
  private final Instant at;

  /**
   * Reads quotas.
   *
   * @param at in which window of each
   */
  StoredQuotas(
      Account account, ReadOnlyKeyValueStore<String, Remembered> ids, String unit, Instant at) {
    this.account = account;
    this.ids = ids;
    this.unit = unit;
    this.at = at;
  }

  QuotasView all() {
    return new QuotasView(
        account.orgId(),
        unit,
        account.settings().quotas().stream().map(this::view).toList(),
        account.sequence(),
        AccountViews.asOf(account));
  }

  /**
   * A page of those that used some of a quota.
   *
   * @throws ProblemException when there is no such quota, or it doesn't count the subject
   */
  QuotaSubjectsView page(SubjectsQuery query) {
    QuotaSetting quota = quota(query.quota());
    String only = query.subject() == null ? quota.subject() : query.subject();
    if (quota.scope() == QuotaScope.ORGANISATION && only != null) {
      throw new ProblemException(
          ProblemCode.INVALID_PARAMETER,
          "quota "
              + quota.id()
              + " is the organisation's own and counts nobody; leave subject out");
    }
    if (only != null && quota.subject() != null && !quota.subject().equals(only)) {
      throw new ProblemException(
          ProblemCode.INVALID_PARAMETER,
          "quota " + quota.id() + " counts " + quota.subject() + " alone; leave subject out");
    }
    List<QuotaSubjectsView.Used> subjects = new ArrayList<>();
    String last = null;
    if (only != null) {
      subjects.add(used(quota, only, used(quota, only)));
    } else if (quota.scope() != QuotaScope.ORGANISATION) {
      last = scan(quota, query, subjects);
    }
    return new QuotaSubjectsView(
        account.orgId(),
        unit,
        view(quota),
        subjects,
        last == null ? null : query.nextPath(account.orgId(), last),
        account.sequence(),
        AccountViews.asOf(account));
  }

  /** Adds those of a page; answers the last that was looked at, or null when there are no more. */
  private @Nullable String scan(
      QuotaSetting quota, SubjectsQuery query, List<QuotaSubjectsView.Used> subjects) {
    Span span = span(quota);
    String first =
        StoreKeys.subject(
            account.orgId(), quota.scope(), Objects.requireNonNullElse(query.after(), ""));
    String last = null;
    int lookedAt = 0;
    try (KeyValueIterator<String, Remembered> found =
        ids.range(first, StoreKeys.lastSubject(account.orgId(), quota.scope()))) {
      while (found.hasNext()) {
        if (subjects.size() == query.limit() || lookedAt == MOST_LOOKED_AT) {
          return last;
        }
        KeyValue<String, Remembered> one = found.next();
        String subject = StoreKeys.subject(one.key, quota.scope());
        if (!subject.equals(query.after())) {
          lookedAt++;
          last = subject;
          Amount used = used(quota, span, one.value);
          if (used.signum() > 0) {
            subjects.add(used(quota, subject, used));
          }
        }
      }
    }
    return null;
  }

  private QuotaSetting quota(String id) {
    return account.settings().quotas().stream()
        .filter(quota -> quota.id().value().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemCode.UNKNOWN_QUOTA,
                    "the organisation has no quota \""
                        + (id.length() > 100 ? id.substring(0, 100) + "…" : id)
                        + "\"; /v1/orgs/{org}/quotas lists those that it has"));
  }

  private QuotaView view(QuotaSetting quota) {
    Span span = span(quota);
    Amount limit = quota.limit(account.history(), at);
    Amount used =
        quota.scope() == QuotaScope.ORGANISATION
            ? used(quota, span, account.quotas())
            : quota.subject() == null ? null : used(quota, quota.subject());
    return new QuotaView(
        quota.id().value(),
        quota.scope().name().toLowerCase(Locale.ROOT),
        quota.subject(),
        quota.meter().wireName(),
        quota.window().kind().name().toLowerCase(Locale.ROOT),
        span.start(),
        span.end(),
        limit,
        used,
        used == null ? null : left(limit, used),
        quota.warningPercents(),
        quota.hard());
  }

  private QuotaSubjectsView.Used used(QuotaSetting quota, String subject, Amount used) {
    return new QuotaSubjectsView.Used(
        subject, used, left(quota.limit(account.history(), at), used));
  }

  /** What one within the organisation used; nothing where nothing is remembered. */
  private Amount used(QuotaSetting quota, String subject) {
    return used(
        quota, span(quota), ids.get(StoreKeys.subject(account.orgId(), quota.scope(), subject)));
  }

  private static Amount used(QuotaSetting quota, Span span, @Nullable Remembered remembered) {
    return remembered instanceof Remembered.Counted counted
        ? used(quota, span, counted.counters())
        : Amount.ZERO;
  }

  private static Amount used(QuotaSetting quota, Span span, List<QuotaCounter> counters) {
    return counters.stream()
        .filter(
            counter ->
                counter.id().equals(quota.id())
                    && counter.meter() == quota.meter()
                    && counter.span().equals(span))
        .map(QuotaCounter::used)
        .findFirst()
        .orElse(Amount.ZERO);
  }

  /** The present window; of fixed dates those, whether they are now or not. */
  private Span span(QuotaSetting quota) {
    return quota
        .window()
        .at(at, account.settings().zone())
        .orElseGet(() -> Objects.requireNonNull(quota.window().dates()));
  }

  private static Amount left(Amount limit, Amount used) {
    Amount left = limit.minus(used);
    return left.signum() < 0 ? Amount.ZERO : left;
  }
}
