package io.tokenmeter.app;

import io.tokenmeter.rated.ModelPrices;
import io.tokenmeter.rated.PriceCatalog;
import io.tokenmeter.rated.PriceVersion;
import io.tokenmeter.rated.Rate;
import io.tokenmeter.rated.Timeline;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "show",
    description = {
      "List what is published: the books; or one book's prices; or, with --version, the entry that",
      "a charge was made under."
    })
final class PricesShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private SettingsOptions settings;
  @Mixin private OutputOptions output;

  /** By itself: the standard help options have a --version too, and would be left out for it. */
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  @SuppressWarnings("UnusedVariable") // asked for by picocli
  private boolean help;

  @Parameters(arity = "0..1", paramLabel = "BOOK", description = "A book's name.")
  private @Nullable String book;

  @Option(
      names = "--version",
      paramLabel = "VERSION",
      description = "Only this version: the price_version of a charge.")
  private @Nullable String version;

  @Option(names = "--model", description = "Only this model, by any name that finds it.")
  private @Nullable String model;

  @Option(
      names = "--at",
      paramLabel = "INSTANT",
      description = "Only what holds then by what is published now, as 2026-01-31T00:00:00Z.")
  private @Nullable String at;

  @Override
  public Integer call() {
    Instant instant = at == null ? null : Operator.instant("--at", at);
    PublishedPrices published = PublishedPrices.await(settings.read());
    PrintWriter out = spec.commandLine().getOut();
    if (book == null && version == null && model == null && instant == null) {
      published.books().forEach(name -> output.print(out, name, Map.of("book", name)));
      return ExitCode.FINE.number();
    }
    int shown = 0;
    for (ModelPrices prices : models(published)) {
      for (PriceVersion candidate : versions(prices, instant)) {
        if (version == null || version.equals(candidate.version())) {
          print(out, prices, candidate);
          shown++;
        }
      }
    }
    if (shown == 0) {
      throw CommandException.checkFailed(nothing());
    }
    return ExitCode.FINE.number();
  }

  private Collection<ModelPrices> models(PublishedPrices published) {
    Collection<ModelPrices> all = book == null ? published.all() : published.bookOrFail(book);
    if (model == null) {
      return all;
    }
    PriceCatalog catalog = PriceCatalog.of(all);
    List<ModelPrices> found = new ArrayList<>();
    all.stream()
        .map(ModelPrices::book)
        .distinct()
        .forEach(name -> catalog.find(name, model).ifPresent(hit -> found.add(hit.prices())));
    return found;
  }

  private static List<PriceVersion> versions(ModelPrices prices, @Nullable Instant at) {
    return at == null
        ? prices.versions()
        : Timeline.inForce(prices, at, Instant.now()).stream().toList();
  }

  private String nothing() {
    if (version != null) {
      return "no price has version "
          + version
          + (book == null ? "" : " in book " + book)
          + "; take it from price_version of the charge, 16 digits 0-9 and a-f";
    }
    return "no price is published for "
        + (model == null ? "that time" : "model " + model)
        + (at == null ? "" : " at " + at)
        + "; `tokenmeter prices show BOOK` lists what is";
  }

  private void print(PrintWriter out, ModelPrices prices, PriceVersion held) {
    if (!output.json()) {
      out.println(
          "%s %s version %s, from %s until %s, published %s"
              .formatted(
                  prices.book(),
                  prices.model(),
                  held.version(),
                  held.validFrom(),
                  held.validUntil() == null ? "the next" : held.validUntil(),
                  held.publishedAt()));
      if (held.rates().isEmpty()) {
        out.println("  no price: usage of this time waits for one");
      }
    }
    held.rates().forEach(rate -> print(out, prices, held, rate));
  }

  private void print(PrintWriter out, ModelPrices prices, PriceVersion held, Rate rate) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("book", prices.book());
    line.put("model", prices.model());
    line.put("from", held.validFrom().toString());
    line.put("until", held.validUntil() == null ? null : held.validUntil().toString());
    line.put("published_at", held.publishedAt().toString());
    line.put("version", held.version());
    line.put("meter", rate.meter().wireName());
    line.put("price", rate.price().toPlainString());
    line.put("per", rate.per().toPlainString());
    line.put("unit", prices.unit());
    line.put("when", new TreeMap<>(rate.when()));
    line.put("round", rate.rounding().text());
    StringBuilder words = new StringBuilder("  ");
    words.append(rate.meter().wireName()).append(' ').append(rate.price().toPlainString());
    words.append(' ').append(prices.unit()).append(" per ").append(rate.per().toPlainString());
    if (!rate.when().isEmpty()) {
      words.append(" when ").append(new TreeMap<>(rate.when()));
    }
    if (!rate.rounding().text().isEmpty()) {
      words.append(" rounded ").append(rate.rounding().text());
    }
    output.print(out, words.toString(), line);
  }
}
