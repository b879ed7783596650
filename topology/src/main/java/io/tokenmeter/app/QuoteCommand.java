package io.tokenmeter.app;

import io.tokenmeter.measured.Meter;
import io.tokenmeter.rated.Line;
import io.tokenmeter.rated.Priced;
import io.tokenmeter.rated.book.PriceBook;
import io.tokenmeter.rated.quote.CallUse;
import io.tokenmeter.rated.quote.Quote;
import io.tokenmeter.rated.quote.QuoteRequest;
import io.tokenmeter.rated.quote.Quotes;
import io.tokenmeter.raw.KeyMode;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "quote",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    modelTransformer = MeterOptions.class,
    description = {
      "Tell what a call would cost by a book's file, without Kafka.",
      "With --credits, how many input tokens an amount buys."
    })
final class QuoteCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private SettingsOptions settings;
  @Mixin private OutputOptions output;
  @Mixin private QuotedCall call;

  @Option(
      names = "--book",
      paramLabel = "BOOK",
      description = "The name of a shipped book, or a file; the setting default.book by default.")
  private @Nullable String book;

  @Option(
      names = "--key-mode",
      paramLabel = "platform|own",
      defaultValue = "platform",
      description = "Whose provider key; platform.")
  private KeyMode keyMode;

  @Option(
      names = "--at",
      paramLabel = "INSTANT",
      description = "When the call occurs, as 2026-01-31T00:00:00Z; now.")
  private @Nullable String at;

  @Option(
      names = "--credits",
      paramLabel = "AMOUNT",
      description = "In the book's unit: tell how many input tokens it buys.")
  private @Nullable BigDecimal credits;

  @Override
  public Integer call() throws IOException {
    TokenmeterConfig config = settings.read();
    PriceBook prices = BookFiles.named(book == null ? config.defaultBook() : book);
    Instant now = Instant.now();
    Instant instant = at == null ? now : Operator.instant("--at", at);
    CallUse use =
        call.use(
            config.counters(),
            keyMode,
            MeterOptions.readings(spec.commandLine().getParseResult()),
            instant);
    QuoteRequest request = new QuoteRequest(prices.name(), Map.of(), keyMode, use, instant);
    Quotes quotes = BookQuotes.of(prices);
    if (credits != null) {
      return QuotedPurchase.print(
          spec.commandLine().getOut(),
          output,
          quotes.purchase(request, amount(credits), Meter.INPUT_TOKENS, now),
          credits);
    }
    if (use.isNothing()) {
      throw CommandException.wrongUsage(
          "nothing is used; say how much, as in --input-tokens 1000, or give --body or --text");
    }
    Priced priced = priced(quotes.quote(request, now));
    print(priced, instant);
    if (!use.outputKnown()) {
      spec.commandLine().getErr().println("without its output; add --output-tokens for that");
    }
    return ExitCode.FINE.number();
  }

  private static BigDecimal amount(BigDecimal credits) {
    if (credits.signum() < 0) {
      throw CommandException.wrongUsage("--credits is " + credits + "; 0 or more is allowed");
    }
    return credits;
  }

  static Priced priced(Quote quote) {
    if (quote instanceof Quote.NotQuoted not) {
      throw CommandException.checkFailed(not.message());
    }
    return ((Quote.Quoted) quote).priced();
  }

  private void print(Priced priced, Instant instant) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("amount", priced.amount().toString());
    json.put("unit", priced.unit());
    json.put("book", priced.book());
    json.put("model", priced.model());
    json.put("matched_name", priced.matchedName());
    json.put("at", instant.toString());
    json.put("lines", priced.lines().stream().map(LineJson::of).toList());
    json.put("price_version", priced.version());
    PrintWriter out = spec.commandLine().getOut();
    output.print(out, priced.amount() + " " + priced.unit(), json);
    if (!output.json()) {
      priced.lines().forEach(line -> out.println("  " + words(line, priced.unit())));
      out.println(
          "  %s of book %s, price version %s"
              .formatted(priced.model(), priced.book(), priced.version()));
    }
  }

  private static String words(Line line, String unit) {
    String as = line.meter() == line.rateMeter() ? "" : " priced as " + line.rateMeter().wireName();
    return "%s%s: %s × %s %s per %s = %s%s"
        .formatted(
            line.meter().wireName(),
            as,
            line.quantity(),
            line.price().toPlainString(),
            unit,
            line.per().toPlainString(),
            line.amount(),
            line.rule().isEmpty() ? "" : " (" + line.rule() + ")");
  }
}
