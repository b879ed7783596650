package io.tokenmeter.rated.quote;

import io.tokenmeter.measured.Meter;
import io.tokenmeter.measured.MeterReading;
import io.tokenmeter.measured.Provenance;
import io.tokenmeter.measured.count.ImageTokens;
import io.tokenmeter.rated.ModelPrices;
import io.tokenmeter.rated.MonthToDate;
import io.tokenmeter.rated.PriceLookup;
import io.tokenmeter.rated.Priced;
import io.tokenmeter.rated.Rater;
import io.tokenmeter.rated.Rating;
import io.tokenmeter.rated.Timeline;
import io.tokenmeter.rated.Unpriced;
import io.tokenmeter.rated.Usage;
import io.tokenmeter.rated.quote.Quote.NotQuoted;
import io.tokenmeter.rated.quote.Quote.Quoted;
import io.tokenmeter.rated.quote.Quote.Why;
import io.tokenmeter.raw.Quantity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells what a call would cost, by the rules that charge calls. Pure: the same prices and the same
 * request give the same quote.
 *
 * <p>Images count as input tokens: by the book's own rule where it has one, else by the rule of the
 * model, which may be assumed and makes the quantity an estimate then. A call is one request, as
 * every exchange is; a book that sells requests charges for it. What is stored or trained on is no
 * call.
 */
public final class Quotes {
  private static final int NEAREST = 3;
  private static final Set<Meter> NO_CALL =
      EnumSet.of(Meter.STORAGE_TOKEN_DAYS, Meter.TRAINING_TOKENS);

  private final PriceLookup lookup;
  private final Books books;

  /** What is known of the books, beside how to find a model in one. */
  public interface Books {
    /** Names of all books. */
    List<String> names();

    /** A book's models; empty for an unknown book. */
    Iterable<ModelPrices> models(String book);
  }

  /**
   * Quotes by these prices.
   *
   * @param lookup finds a model
   * @param books the same prices, book by book
   */
  public Quotes(PriceLookup lookup, Books books) {
    this.lookup = lookup;
    this.books = books;
  }

  /** What a call would cost in a month in which nothing was used before. */
  public Quote quote(QuoteRequest request, Instant knownAt) {
    return quote(request, MonthToDate.NOTHING, knownAt);
  }

  /**
   * What a call would cost.
   *
   * @param month what the organisation's month counted before
   * @param knownAt prices published after this instant are not seen
   */
  public Quote quote(QuoteRequest request, MonthToDate month, Instant knownAt) {
    if (!books.names().contains(request.book())) {
      return unknownBook(request);
    }
    List<MeterReading> readings = new ArrayList<>(request.use().readings());
    request.use().images().forEach(image -> readings.add(counted(request, image, knownAt)));
    Usage usage = usage(request, requested(merged(readings)), knownAt);
    Rating rating = Rater.rate(lookup, usage, month);
    return rating instanceof Unpriced unpriced
        ? notQuoted(request, unpriced, knownAt)
        : new Quoted((Priced) rating);
  }

  private static Usage usage(QuoteRequest request, List<MeterReading> readings, Instant knownAt) {
    return new Usage(
        request.book(),
        Stream.ofNullable(request.model()).toList(),
        request.deployments(),
        request.keyMode(),
        readings,
        request.use().conditions(),
        request.use().counted(),
        request.at(),
        knownAt);
  }

  private NotQuoted unknownBook(QuoteRequest request) {
    List<String> names = books.names();
    return new NotQuoted(
        Why.UNKNOWN_BOOK,
        "there is no book "
            + request.book()
            + (names.isEmpty() ? "; publish one" : "; there are " + join(names)),
        NearestNames.to(request.book(), names, NEAREST));
  }

  private NotQuoted notQuoted(QuoteRequest request, Unpriced unpriced, Instant knownAt) {
    if (!unpriced.missing().isEmpty() || request.model() == null) {
      return noRate(request, unpriced);
    }
    Optional<PriceLookup.Found> found = lookup.find(request.book(), request.model());
    if (found.isPresent()
        && Timeline.inForce(found.get().prices(), request.at(), knownAt).isEmpty()) {
      return noPriceThen(request, found.get().prices());
    }
    List<String> nearest = NearestNames.to(request.model(), modelNames(request.book()), NEAREST);
    return new NotQuoted(
        Why.UNKNOWN_MODEL,
        "book "
            + request.book()
            + " has no price for model "
            + request.model()
            + "; the nearest names are "
            + join(nearest),
        nearest);
  }

  private static NotQuoted noPriceThen(QuoteRequest request, ModelPrices prices) {
    String times =
        prices.versions().stream()
            .map(
                version ->
                    "from "
                        + version.validFrom()
                        + (version.validUntil() == null ? "" : " until " + version.validUntil()))
            .collect(Collectors.joining(", "));
    return new NotQuoted(
        Why.NO_PRICE_THEN,
        "book "
            + request.book()
            + " has no price for model "
            + request.model()
            + " at "
            + request.at()
            + "; it has some "
            + times,
        List.of());
  }

  private static NotQuoted noRate(QuoteRequest request, Unpriced unpriced) {
    String missing =
        unpriced.missing().isEmpty()
            ? "that meter alone, without a model"
            : join(unpriced.missing().stream().map(Meter::wireName).toList());
    return new NotQuoted(
        Why.NO_RATE,
        "book "
            + request.book()
            + " has no rate for "
            + missing
            + (request.model() == null ? "" : " of model " + request.model())
            + " under these conditions; such usage would wait for a price",
        List.of());
  }

  private List<String> modelNames(String book) {
    List<String> names = new ArrayList<>();
    for (ModelPrices model : books.models(book)) {
      names.add(model.model());
      model.aliases().stream().filter(alias -> !alias.endsWith("*")).forEach(names::add);
    }
    return names;
  }

  private MeterReading counted(QuoteRequest request, InputImage image, Instant knownAt) {
    String model = request.model() == null ? "" : request.model();
    Optional<io.tokenmeter.rated.ImageTokens> byBook =
        lookup
            .find(request.book(), model)
            .flatMap(found -> Timeline.inForce(found.prices(), request.at(), knownAt))
            .map(version -> version.terms().images());
    if (byBook.isPresent()) {
      long tokens = byBook.get().of(image.size().width(), image.size().height());
      return MeterReading.of(Meter.INPUT_TOKENS, tokens, Provenance.TOKENIZED);
    }
    ImageTokens tokens = ImageTokens.of(model, image.size(), image.detail());
    return MeterReading.of(
        Meter.INPUT_TOKENS,
        tokens.tokens(),
        tokens.assumed() ? Provenance.ESTIMATED : Provenance.TOKENIZED);
  }

  /** One reading for each meter and dimensions: images and text are charged as one quantity. */
  private static List<MeterReading> merged(List<MeterReading> readings) {
    List<MeterReading> merged = new ArrayList<>();
    for (MeterReading reading : readings) {
      int same = 0;
      while (same < merged.size() && !isSameThing(merged.get(same), reading)) {
        same++;
      }
      if (same == merged.size()) {
        merged.add(reading);
      } else {
        MeterReading one = merged.get(same);
        Quantity sum = one.quantity().plus(reading.quantity());
        merged.set(same, new MeterReading(one.meter(), sum, one.provenance(), one.dimensions()));
      }
    }
    return merged;
  }

  private static boolean isSameThing(MeterReading one, MeterReading other) {
    return one.meter() == other.meter() && one.dimensions().equals(other.dimensions());
  }

  private static List<MeterReading> requested(List<MeterReading> readings) {
    boolean said = readings.stream().anyMatch(r -> r.meter() == Meter.REQUESTS);
    boolean call = readings.stream().anyMatch(r -> !NO_CALL.contains(r.meter()));
    if (said || !call) {
      return readings;
    }
    List<MeterReading> all = new ArrayList<>(readings);
    all.add(MeterReading.of(Meter.REQUESTS, 1, Provenance.REPORTED));
    return all;
  }

  /**
   * How much of a meter an amount buys, whole units, at the price that a small call would pay.
   *
   * @param request its book, model, key, conditions and time; its readings aren't looked at
   * @param amount in the book's unit, 0 or more
   */
  public Purchase purchase(QuoteRequest request, BigDecimal amount, Meter meter, Instant knownAt) {
    MeterReading one = MeterReading.of(meter, 1, Provenance.REPORTED);
    Quote quote =
        quote(
            request.with(List.of(one, MeterReading.of(Meter.REQUESTS, 0, Provenance.REPORTED))),
            knownAt);
    return quote instanceof NotQuoted not
        ? new Purchase.NotBought(not)
        : Purchase.of(((Quoted) quote).priced(), amount);
  }

  private static String join(List<String> names) {
    return String.join(", ", names);
  }
}
