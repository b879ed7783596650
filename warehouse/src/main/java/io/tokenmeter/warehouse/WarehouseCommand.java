package io.tokenmeter.warehouse;

import io.tokenmeter.app.CommandException;
import io.tokenmeter.app.ExitCode;
import io.tokenmeter.app.ModuleCommand;
import io.tokenmeter.app.OutputOptions;
import io.tokenmeter.app.SettingsOptions;
import io.tokenmeter.app.Surroundings;
import io.tokenmeter.app.TokenmeterConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Loads charges into a DuckDB file and asks it something. */
@Command(
    name = "warehouse",
    mixinStandardHelpOptions = true,
    description =
        "Load a cluster's charges into a DuckDB file, each line once, and ask it a query.",
    footer = {
      "",
      "The table is charges, a row a line, with the fields of usage.charges as",
      "columns. A file that is there is gone on with: it remembers how far it is.",
      "Another query, by model:",
      "  warehouse --query \"SELECT model, sum(amount) FROM charges GROUP BY model\""
    })
public final class WarehouseCommand implements ModuleCommand {
  private static final long ENDING_SECONDS = 20;

  /** How often --follow tells how far it is. */
  private static final long TELLING_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final String SPENT =
      "SELECT org_id AS organisation, billing_type AS \"billing type\","
          + " count(DISTINCT usage_id) AS charges, count(*) AS lines, sum(amount) AS spent, unit"
          + " FROM charges GROUP BY ALL ORDER BY organisation, spent DESC, \"billing type\", unit";

  @Spec private CommandSpec spec;
  @Mixin private SettingsOptions settings;
  @Mixin private OutputOptions output;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "The DuckDB file; warehouse.duckdb by default, demo.duckdb with --demo.")
  private @Nullable Path file;

  @Option(
      names = "--query",
      paramLabel = "SQL",
      defaultValue = SPENT,
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "What to ask; what each organisation spent by billing type unless given.")
  private String query;

  @Option(
      names = "--follow",
      description = "Go on with the charges that come, until stopped, and ask then.")
  private boolean follow;

  @Option(
      names = "--demo",
      description = "Start everything on this machine with the demo's traffic, into a new file.")
  private boolean demo;

  @Option(
      names = "--exchanges",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How many exchanges the demo sends; ${DEFAULT-VALUE} by default.")
  private int exchanges;

  private volatile boolean stopping;

  @Override
  public Integer call() throws IOException {
    if (demo && follow) {
      throw CommandException.wrongUsage("--demo ends by itself; leave out --follow");
    }
    if (exchanges < 1) {
      throw CommandException.wrongUsage(
          "--exchanges is " + exchanges + "; a whole number from 1 is allowed");
    }
    return demo ? showDemo() : load(settings.read(), chosen("warehouse.duckdb"));
  }

  private int showDemo() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    Path into = chosen("demo.duckdb");
    WarehouseDemo demonstration =
        new WarehouseDemo(into, exchanges, line -> err.println("tokenmeter: " + line));
    boolean fine = demonstration.run(settings.read(), answering());
    if (!fine) {
      throw CommandException.checkFailed(
          "the file and the topic differ, or the audit failed; `tokenmeter demo` shows the audit");
    }
    return ExitCode.FINE.number();
  }

  private int load(TokenmeterConfig config, Path into) {
    PrintWriter err = spec.commandLine().getErr();
    CountDownLatch ended = new CountDownLatch(1);
    Thread stop = new Thread(() -> stop(ended), "stop");
    new Surroundings(config, config.startupTimeout()).await();
    try (ChargeLoader loader = ChargeLoader.open(config, into)) {
      if (follow) {
        Runtime.getRuntime().addShutdownHook(stop);
      }
      catchUp(loader);
      err.println("tokenmeter: " + loader.loaded() + " lines loaded into " + into);
      long told = loader.loaded();
      long next = System.nanoTime() + TELLING_NANOS;
      while (follow && !stopping) {
        loader.load();
        catchUp(loader);
        if (loader.loaded() > told && System.nanoTime() - next > 0) {
          told = loader.loaded();
          next = System.nanoTime() + TELLING_NANOS;
          err.println("tokenmeter: " + told + " lines loaded into " + into);
        }
      }
      answering().accept(loader.file());
      return ExitCode.FINE.number();
    } finally {
      ended.countDown();
    }
  }

  private void catchUp(ChargeLoader loader) {
    Map<TopicPartition, Long> ends = loader.ends();
    while (!loader.isAt(ends) && !stopping) {
      loader.load();
    }
  }

  private Consumer<ChargeFile> answering() {
    PrintWriter out = spec.commandLine().getOut();
    return of -> {
      Answer answer = of.ask(query);
      if (output.json()) {
        answer.json().forEach(out::println);
      } else {
        out.print(answer.table());
      }
      out.flush();
    };
  }

  private Path chosen(String otherwise) {
    return file == null ? Path.of(otherwise) : file;
  }

  /** Lets the loader come to the end of its batch. */
  private void stop(CountDownLatch ended) {
    stopping = true;
    try {
      boolean unused = ended.await(ENDING_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
