package io.tokenmeter.app;

import io.tokenmeter.rated.ModelPrices;
import io.tokenmeter.rated.PriceVersion;
import io.tokenmeter.rated.Rate;
import io.tokenmeter.rated.book.BookWriter;
import io.tokenmeter.rated.book.Finding;
import io.tokenmeter.rated.book.InvalidBookException;
import io.tokenmeter.rated.book.Lint;
import io.tokenmeter.rated.book.PriceBook;
import io.tokenmeter.rated.book.PricePlan;
import io.tokenmeter.topics.Topics;
import io.tokenmeter.wire.PriceCodec;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    name = "prices",
    mixinStandardHelpOptions = true,
    description = "Price books: check, publish, and what is published.",
    subcommands = {
      PricesCommand.LintBook.class,
      PricesCommand.Apply.class,
      PricesCommand.Export.class,
      PricesCommand.Show.class
    })
final class PricesCommand {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private PricesCommand() {}

  @Command(
      name = "lint",
      mixinStandardHelpOptions = true,
      description = "Tell what is wrong with a book's file, and what looks wrong.")
  static final class LintBook implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private OutputOptions output;

    @Parameters(paramLabel = "FILE", description = "YAML; books/README.md tells its form.")
    private Path file;

    @Override
    public Integer call() throws IOException {
      List<Finding> findings = Lint.of(text(file));
      for (Finding finding : findings) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("severity", finding.severity().name());
        line.put("line", finding.at().line());
        line.put("column", finding.at().column());
        line.put("message", finding.message());
        output.print(spec.commandLine().getOut(), file + ":" + finding, line);
      }
      boolean hasErrors = findings.stream().anyMatch(Finding::isError);
      return (hasErrors ? ExitCode.CHECK_FAILED : ExitCode.FINE).number();
    }
  }

  @Command(
      name = "apply",
      mixinStandardHelpOptions = true,
      description = "Show what publishing a book would change, and publish it.")
  static final class Apply implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private SettingsOptions settings;
    @Mixin private OutputOptions output;

    @Parameters(paramLabel = "FILE", description = "YAML; books/README.md tells its form.")
    private Path file;

    @Option(names = "--dry-run", description = "Show the changes and publish nothing.")
    private boolean dryRun;

    @Option(
        names = "--correction",
        paramLabel = "REASON",
        description = "Allow it to change what past usage costs, for this reason.")
    private @Nullable String correction;

    @Override
    public Integer call() throws IOException {
      PriceBook book = read(file);
      TokenmeterConfig config = settings.read();
      new Surroundings(config, PATIENCE).await();
      PricePlan plan =
          PricePlan.of(
              PublishedPrices.read(config).book(book.name()),
              book,
              Instant.now(),
              Optional.ofNullable(correction));
      PrintWriter out = spec.commandLine().getOut();
      plan.changes()
          .forEach(
              change -> {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("change", change.kind().name());
                line.put("model", change.model());
                line.put("from", change.from().toString());
                line.put("what", change.what());
                output.print(
                    out,
                    "%s %s from %s: %s"
                        .formatted(change.kind(), change.model(), change.from(), change.what()),
                    line);
              });
      if (!plan.refusals().isEmpty()) {
        throw CommandException.checkFailed(
            "nothing was published: " + String.join("; ", plan.refusals()));
      }
      if (!dryRun) {
        publish(config, plan.publish());
      }
      if (!output.json()) {
        out.println(
            "%d models %s"
                .formatted(plan.publish().size(), dryRun ? "would be published" : "published"));
      }
      return ExitCode.FINE.number();
    }

    private static void publish(TokenmeterConfig config, List<ModelPrices> models) {
      try (Publisher publisher = new Publisher(config)) {
        for (ModelPrices model : models) {
          publisher.send(
              Topics.CATALOG_PRICES,
              PriceCodec.key(model.book(), model.model()),
              PriceCodec.encode(model));
        }
        publisher.flush();
      }
    }
  }

  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description = {
        "Print a published book as a file that `prices apply` takes.",
        "Comments and image_tokens aren't published, so they aren't in it."
      })
  static final class Export implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private SettingsOptions settings;

    @Parameters(paramLabel = "BOOK", description = "A book's name.")
    private String book;

    @Override
    public Integer call() {
      String yaml = BookWriter.yaml(PublishedBook.of(published(settings.read(), book)));
      spec.commandLine().getOut().print(yaml);
      return ExitCode.FINE.number();
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "List what is published: the books, or one book's models and rates.")
  static final class Show implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private SettingsOptions settings;
    @Mixin private OutputOptions output;

    @Parameters(arity = "0..1", paramLabel = "BOOK", description = "A book's name.")
    private @Nullable String book;

    @Override
    public Integer call() {
      TokenmeterConfig config = settings.read();
      PrintWriter out = spec.commandLine().getOut();
      if (book == null) {
        new Surroundings(config, PATIENCE).await();
        PublishedPrices.read(config)
            .books()
            .forEach(name -> output.print(out, name, Map.of("book", name)));
        return ExitCode.FINE.number();
      }
      List<ModelPrices> models = published(config, book);
      for (ModelPrices model : models) {
        for (PriceVersion version : model.versions()) {
          version.rates().forEach(rate -> print(out, model, version, rate));
        }
      }
      return ExitCode.FINE.number();
    }

    private void print(PrintWriter out, ModelPrices model, PriceVersion version, Rate rate) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("model", model.model());
      line.put("from", version.validFrom().toString());
      line.put("version", version.version());
      line.put("meter", rate.meter().wireName());
      line.put("price", rate.price().toPlainString());
      line.put("per", rate.per().toPlainString());
      line.put("unit", model.unit());
      line.put("when", new TreeMap<>(rate.when()));
      output.print(
          out,
          "%s from %s: %s %s %s per %s %s"
              .formatted(
                  model.model(),
                  version.validFrom(),
                  rate.meter().wireName(),
                  rate.price().toPlainString(),
                  model.unit(),
                  rate.per().toPlainString(),
                  rate.when().isEmpty() ? "" : new TreeMap<>(rate.when())),
          line);
    }
  }

  private static List<ModelPrices> published(TokenmeterConfig config, String book) {
    new Surroundings(config, PATIENCE).await();
    List<ModelPrices> models = PublishedPrices.read(config).book(book);
    if (models.isEmpty()) {
      throw CommandException.checkFailed(
          "no book " + book + " is published; `tokenmeter prices show` lists those that are");
    }
    return models;
  }

  private static PriceBook read(Path file) throws IOException {
    try {
      return PriceBook.parse(text(file));
    } catch (InvalidBookException e) {
      throw CommandException.wrongUsage(file + " can't be published:\n" + e.getMessage());
    }
  }

  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw CommandException.wrongUsage("FILE is " + file + ", which doesn't exist");
    } catch (CharacterCodingException e) {
      throw CommandException.wrongUsage("FILE is " + file + ", which is not UTF-8 text");
    }
  }
}
