package io.tokenmeter.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.tokenmeter.ledger.PriceTerms;
import io.tokenmeter.measured.count.Counters;
import io.tokenmeter.query.access.Scope;
import io.tokenmeter.rated.ModelPrices;
import io.tokenmeter.rated.MonthToDate;
import io.tokenmeter.rated.Priced;
import io.tokenmeter.rated.quote.CallUse;
import io.tokenmeter.rated.quote.Quote;
import io.tokenmeter.rated.quote.QuoteRequest;
import io.tokenmeter.rated.quote.Quotes;
import io.tokenmeter.raw.InvalidRecordException;
import io.tokenmeter.raw.OrgId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a call would cost: an organisation by what it is charged by and what its month counted
 * so far, anybody else by a book. The organisation's terms are looked up where they are; the prices
 * are here, as on every instance.
 */
final class QuoteRoutes {
  /** Counting a text takes a core for as long as it takes. */
  private static final int CONCURRENT = 8;

  private static final List<String> OF_THE_COPY =
      List.of("sequence", "as_of", "provisional", "standby");

  private final LedgerReader reader;
  private final Lookup lookup;
  private final Quotes quotes;
  private final String defaultBook;
  private final Counters counters;
  private final InstantSource now;
  private final Semaphore permits = new Semaphore(CONCURRENT);

  QuoteRoutes(LedgerSources sources, Lookup lookup) {
    this.reader = sources.reader();
    this.lookup = lookup;
    this.quotes = new Quotes(sources.prices(), books(sources.prices()));
    this.defaultBook = sources.defaultBook();
    this.counters = sources.counters();
    this.now = sources.now();
  }

  private static Quotes.Books books(PriceReader prices) {
    return new Quotes.Books() {
      @Override
      public List<String> names() {
        return prices.books();
      }

      @Override
      public Iterable<ModelPrices> models(String book) {
        return prices.models(book);
      }
    };
  }

  Endpoint endpoint() {
    return new Endpoint(HandlerType.POST, "/v1/quote", "quote", Door.CALLER, this::quote);
  }

  private Answer quote(Context request, Scope caller) {
    long maxLag =
        LedgerRoutes.whole(request, "max_lag", 0, Long.MAX_VALUE).orElse(Question.ANY_LAG);
    Instant at = now.instant();
    QuoteBody body = QuoteBody.parse(request.body(), at);
    OrgId org = org(body, caller);
    if (org != null && body.book() != null) {
      throw caller instanceof Scope.Operator
          ? JsonBody.invalid(
              "the body has org and book; an organisation has a book, so leave one out")
          : new ProblemException(
              ProblemCode.OPERATORS_ONLY,
              "book is for operators; an organisation is quoted by what it is charged by, so leave"
                  + " it out");
    }
    Answer terms = org == null ? null : lookup.answer(question(org, maxLag));
    if (terms != null && terms.status() != 200) {
      return terms;
    }
    if (!permits.tryAcquire()) {
      throw new ProblemException(
          ProblemCode.TOO_MANY_QUOTES,
          CONCURRENT + " quotes are being worked out; try again in a second");
    }
    try {
      return terms == null
          ? Answer.json(byBook(body, at))
          : byTerms(body, Objects.requireNonNull(org), Json.read(terms.body()), at);
    } finally {
      permits.release();
    }
  }

  private static @Nullable OrgId org(QuoteBody body, Scope caller) {
    if (caller instanceof Scope.Organisation own && body.org() == null) {
      return own.org();
    }
    if (body.org() != null && !caller.includes(body.org())) {
      throw new ProblemException(Lookup.unknown(body.org()));
    }
    return body.org();
  }

  private Question question(OrgId org, long maxLag) {
    return new Question(org, Paths.org(org) + "/terms", maxLag, copy -> reader.terms(org, copy));
  }

  private QuoteView byBook(QuoteBody body, Instant at) {
    String book = Objects.requireNonNullElse(body.book(), defaultBook);
    QuoteRequest request = request(body, book, Map.of());
    return QuoteView.of(null, request, priced(quotes.quote(request, MonthToDate.NOTHING, at)));
  }

  private Answer byTerms(QuoteBody body, OrgId org, ObjectNode document, Instant at) {
    PriceTerms terms = TermsView.read(document);
    QuoteRequest request = request(body, terms.book(), terms.deployments());
    Priced priced = priced(quotes.quote(request, terms.before(request.at(), at), at));
    if (terms.unit() != null && !terms.unit().equals(priced.unit())) {
      throw new ProblemException(
          ProblemCode.NO_PRICE,
          "book "
              + terms.book()
              + " is in "
              + priced.unit()
              + " and the organisation's balance in "
              + terms.unit()
              + "; such usage would wait for a price in "
              + terms.unit());
    }
    ObjectNode quote = Json.tree(QuoteView.of(org, request, priced));
    for (String member : OF_THE_COPY) {
      if (document.has(member)) {
        quote.set(member, document.get(member));
      }
    }
    return Answer.json(quote);
  }

  private QuoteRequest request(QuoteBody body, String book, Map<String, String> deployments) {
    CallUse use;
    try {
      use = body.call().use(counters);
    } catch (InvalidRecordException e) {
      throw JsonBody.invalid("the body can't be measured: " + e.getMessage());
    }
    if (use.isNothing()) {
      throw JsonBody.invalid(
          "nothing is used; say how much, as in \"meters\": {\"input_tokens\": 1000}, or give images,"
              + " text, or body and path");
    }
    return new QuoteRequest(book, deployments, body.call().keyMode(), use, body.call().at());
  }

  private static Priced priced(Quote quote) {
    if (quote instanceof Quote.NotQuoted not) {
      throw new ProblemException(code(not.why()), not.message());
    }
    return ((Quote.Quoted) quote).priced();
  }

  private static ProblemCode code(Quote.Why why) {
    return switch (why) {
      case UNKNOWN_BOOK -> ProblemCode.UNKNOWN_BOOK;
      case UNKNOWN_MODEL -> ProblemCode.UNKNOWN_MODEL;
      case NO_PRICE_THEN, NO_RATE -> ProblemCode.NO_PRICE;
    };
  }
}
