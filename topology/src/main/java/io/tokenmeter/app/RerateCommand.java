package io.tokenmeter.app;

import io.tokenmeter.app.rerate.Difference;
import io.tokenmeter.app.rerate.EarlierReratings;
import io.tokenmeter.app.rerate.Range;
import io.tokenmeter.app.rerate.Rerating;
import io.tokenmeter.app.rerate.Selection;
import io.tokenmeter.ledger.AdjustBalance;
import io.tokenmeter.ledger.Command;
import io.tokenmeter.ledger.CommandId;
import io.tokenmeter.rated.Amount;
import io.tokenmeter.rated.PriceCatalog;
import io.tokenmeter.rated.book.PriceBook;
import io.tokenmeter.raw.OrgId;
import io.tokenmeter.serde.RecordSerde;
import io.tokenmeter.topics.TopicPrefix;
import io.tokenmeter.topics.Topics;
import io.tokenmeter.wire.CommandCodec;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@CommandLine.Command(
    name = "rerate",
    mixinStandardHelpOptions = true,
    description = {
      "Rate charges again by corrected prices, and adjust balances by the difference.",
      "Running it twice posts once."
    })
final class RerateCommand implements Callable<Integer> {
  /** Of the transactions, so that one re-rating at a time is at work. */
  static final String TASK = "rerate";

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** An organisation's difference. */
  private record Due(String org, String unit, Difference difference, Amount posted) {
    /** What its balance is still to be moved by. */
    Amount amount() {
      return difference.more().negated().minus(posted);
    }
  }

  @Spec private CommandSpec spec;
  @Mixin private SettingsOptions settings;
  @Mixin private OutputOptions output;

  @Option(names = "--org", description = "Only this organisation's charges; all without it.")
  private @Nullable String org;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "INSTANT",
      description = "Of what was used from then on.")
  private String from;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "INSTANT",
      description = "Of what was used before then; not in the future.")
  private String to;

  @Option(
      names = "--book",
      paramLabel = "FILE",
      description = {
        "Rate by this book's prices, as if they had been published from the beginning; only",
        "charges of the book of its name. By the published prices without it."
      })
  private @Nullable Path book;

  @Option(names = "--dry-run", description = "Print the differences and post nothing.")
  private boolean dryRun;

  @Override
  public Integer call() throws IOException {
    Instant now = Instant.now();
    Range range = range(now);
    @Nullable PriceBook given = book == null ? null : BookFiles.read(book);
    TokenmeterConfig config = settings.read();
    new Surroundings(config, PATIENCE).await();
    PriceCatalog prices = PublishedPrices.read(config).catalog();
    if (given != null) {
      prices.models(given.name()).forEach(m -> prices.remove(m.book(), m.model()));
      given.prices(Instant.EPOCH).forEach(prices::put);
    }
    Rerate rerate = new Rerate(config, range);
    Selection selection = new Selection(org, range, given == null ? null : given.name());
    Rerating rerating = rerate.rate(selection, prices, now);
    print(rerating);
    requirePrices(rerating);
    if (dryRun) {
      tell(due(rerating, range, rerate.earlier()), "would be adjusted");
      return ExitCode.FINE.number();
    }
    try (OnceProducer producer = new OnceProducer(config, TASK)) {
      EarlierReratings earlier = rerate.earlier();
      List<Due> due = due(rerating, range, earlier);
      for (Due one : due) {
        if (one.amount().signum() != 0) {
          String id =
              EarlierReratings.id(range, rerating.priceVersion(), earlier.count(one.org(), range));
          producer.sendTogether(record(config, one.org(), command(id, one, range, now)));
        }
      }
      producer.commit();
      tell(due, "adjusted");
    }
    return ExitCode.FINE.number();
  }

  private Range range(Instant now) {
    Instant first = Operator.instant("--from", from);
    Instant end = Operator.instant("--to", to);
    if (end.isAfter(now)) {
      throw CommandException.wrongUsage(
          "--to is " + to + ", in the future; up to now, " + now + ", is allowed");
    }
    try {
      return new Range(first, end);
    } catch (IllegalArgumentException e) {
      throw CommandException.wrongUsage(String.valueOf(e.getMessage()));
    }
  }

  private static Command command(String id, Due due, Range range, Instant now) {
    String reason =
        "%d charges used from %s to %s were billed %s and cost %s %s by the prices of this id"
            .formatted(
                due.difference().charges(),
                range.from(),
                range.to(),
                due.difference().billed(),
                due.difference().rated(),
                due.unit());
    return new Command(new CommandId(id), now, new AdjustBalance(due.amount(), reason));
  }

  private static ProducerRecord<byte[], byte[]> record(
      TokenmeterConfig config, String org, Command command) {
    String topic = Topics.LEDGER_COMMANDS.name(new TopicPrefix(config.topicPrefix()));
    try (Serializer<Object> values = RecordSerde.valueSerializer(config.serializers())) {
      return new ProducerRecord<>(
          topic,
          org.getBytes(StandardCharsets.UTF_8),
          values.serialize(topic, CommandCodec.encode(new OrgId(org), command)));
    }
  }

  /** By organisation; refuses a range of which a part was adjusted before. */
  private List<Due> due(Rerating rerating, Range range, EarlierReratings earlier) {
    Map<String, Difference> sums = new TreeMap<>();
    Map<String, String> units = new TreeMap<>();
    rerating
        .differences()
        .forEach(
            (group, difference) -> {
              sums.merge(group.org(), difference, Difference::plus);
              units.put(group.org(), group.unit());
            });
    List<Due> due = new ArrayList<>();
    sums.forEach(
        (name, difference) -> {
          earlier
              .overlapping(name, range)
              .ifPresent(
                  id -> {
                    throw CommandException.checkFailed(
                        name
                            + " was re-rated by "
                            + id
                            + ", which shares a part of the range; give just that range, or one"
                            + " that shares nothing with it");
                  });
          due.add(new Due(name, units.get(name), difference, earlier.posted(name, range)));
        });
    return due;
  }

  private void requirePrices(Rerating rerating) {
    if (!rerating.unpriced().isEmpty()) {
      StringBuilder message = new StringBuilder("these prices don't price all charges: ");
      rerating
          .unpriced()
          .forEach((why, charges) -> message.append(why + " (" + charges + " charges); "));
      throw CommandException.checkFailed(message + "complete the book and run it again");
    }
  }

  private void print(Rerating rerating) {
    PrintWriter out = spec.commandLine().getOut();
    rerating
        .differences()
        .forEach(
            (group, difference) -> {
              Map<String, Object> line = new LinkedHashMap<>();
              line.put("org", group.org());
              line.put("model", group.model());
              line.put("book", group.book());
              line.put("unit", group.unit());
              line.put("charges", difference.charges());
              line.put("billed", difference.billed().toString());
              line.put("rated", difference.rated().toString());
              line.put("difference", difference.more().toString());
              output.print(
                  out,
                  "  %s, %s: %,d charges, billed %s, now %s %s, difference %s"
                      .formatted(
                          group.org(),
                          group.model(),
                          difference.charges(),
                          difference.billed(),
                          difference.rated(),
                          group.unit(),
                          difference.more()),
                  line);
            });
    if (rerating.otherBooks() > 0 && !output.json()) {
      out.println(
          "  %,d charges are of other books and stay as they are".formatted(rerating.otherBooks()));
    }
  }

  private void tell(List<Due> due, String what) {
    PrintWriter out = spec.commandLine().getOut();
    for (Due one : due) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("org", one.org());
      line.put("unit", one.unit());
      line.put("adjusted_before", one.posted().toString());
      line.put(dryRun ? "would_adjust" : "adjusted", one.amount().toString());
      output.print(
          out,
          one.amount().signum() == 0
              ? one.org() + ": nothing to adjust, " + one.posted() + " was before"
              : "%s: %s by %s %s; %s was before"
                  .formatted(one.org(), what, one.amount(), one.unit(), one.posted()),
          line);
    }
    if (due.isEmpty() && !output.json()) {
      out.println("no charge of the range has a price in these books");
    }
  }
}
