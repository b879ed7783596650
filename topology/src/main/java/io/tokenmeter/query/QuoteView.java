package io.tokenmeter.query;

import io.tokenmeter.rated.Amount;
import io.tokenmeter.rated.Line;
import io.tokenmeter.rated.Priced;
import io.tokenmeter.rated.quote.QuoteRequest;
import io.tokenmeter.raw.OrgId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a call would cost. Members that a charge has too mean the same there.
 *
 * @param org whose call; null where it is quoted by a book
 * @param book the price book that was asked
 * @param priceBook where the price was found: the book, or one beneath it
 * @param model as it was named; null where the meter alone is priced
 * @param outputKnown false where an answer is to be expected whose length nobody told, so that the
 *     amount is without it
 */
record QuoteView(
    @Nullable OrgId org,
    Amount amount,
    String unit,
    String book,
    String priceBook,
    @Nullable String model,
    String pricedModel,
    String matchedName,
    String nameRule,
    String priceVersion,
    String keyMode,
    Instant at,
    boolean outputKnown,
    List<ChargeView.LineView> lines) {
  QuoteView {
    lines = List.copyOf(lines);
  }

  static QuoteView of(@Nullable OrgId org, QuoteRequest request, Priced priced) {
    List<ChargeView.LineView> lines = new ArrayList<>();
    for (Line line : priced.lines()) {
      lines.add(line(lines.size() + 1, line));
    }
    return new QuoteView(
        org,
        priced.amount(),
        priced.unit(),
        request.book(),
        priced.book(),
        request.use().model(),
        priced.model(),
        priced.matchedName(),
        priced.nameRule(),
        priced.version(),
        request.keyMode().name(),
        request.at(),
        request.use().outputKnown(),
        lines);
  }

  private static ChargeView.LineView line(int number, Line line) {
    Line.InMonth month = line.month();
    return new ChargeView.LineView(
        number,
        line.meter().wireName(),
        line.rateMeter().wireName(),
        new TreeMap<>(line.dimensions()),
        line.quantity().toString(),
        ChargeView.plain(line.price()),
        ChargeView.plain(line.per()),
        line.amount(),
        line.provenance().name(),
        line.rule(),
        ChargeView.plain(line.basePrice()),
        line.adjustment(),
        month == null ? null : month.counter(),
        month == null ? null : ChargeView.plain(month.before()));
  }
}
