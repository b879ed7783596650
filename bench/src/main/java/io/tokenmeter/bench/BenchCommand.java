package io.tokenmeter.bench;

import io.tokenmeter.app.ModuleCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The benchmark suite's command line. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measure how fast it runs here, and compare with the last committed results.",
    footer = {"", "What each scenario does, and how to read the figures: docs/speed.md."})
public final class BenchCommand implements ModuleCommand, Callable<Integer> {
  private static final Path COMMITTED = Path.of("docs", "bench");

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "SCENARIO",
      description = "${COMPLETION-CANDIDATES}; all runs each in turn.")
  private List<Suite> suites;

  @Option(names = "--json", description = "Print the results as JSON.")
  private boolean json;

  @Option(names = "--out", paramLabel = "FILE", description = "Write the results there as JSON.")
  private @Nullable Path out;

  @Option(
      names = "--page",
      paramLabel = "FILE",
      description = "Put the results into this Markdown file, in place of those that it shows.")
  private @Nullable Path page;

  @Option(
      names = "--quick",
      description = "As short as can be: shows that it works, the figures mean nothing.")
  private boolean quick;

  @Option(
      names = "--compare",
      paramLabel = "FILE",
      description = "Compare with these results instead of the newest in docs/bench.")
  private @Nullable Path compare;

  @Option(
      names = "--profile",
      paramLabel = "DIR",
      description =
          "Record the applications with JFR, leave the recordings there and print where the time"
              + " and the memory go.")
  private @Nullable Path profile;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where data and logs go; by default a temporary directory, deleted at the end.")
  private @Nullable Path data;

  @Override
  public Integer call() throws IOException {
    try {
      measure();
      return 0;
    } catch (BenchFailure failure) {
      spec.commandLine().getErr().println("tokenmeter: " + failure.getMessage());
      return 1;
    }
  }

  private void measure() throws IOException {
    PrintWriter terminal = spec.commandLine().getOut();
    PrintWriter progress = spec.commandLine().getErr();
    Machine machine = Machine.here();
    Optional<Results> before = before();
    Path directory = data == null ? Files.createTempDirectory("tokenmeter-bench-") : data;
    if (profile != null) {
      Files.createDirectories(profile);
    }
    Bench bench =
        new Bench(
            quick,
            directory,
            Optional.ofNullable(profile),
            line -> progress.println("tokenmeter: " + line));
    progress.println("tokenmeter: on " + machine.shown());
    Instant began = Instant.now();
    List<ScenarioResult> results = new ArrayList<>();
    try {
      for (Suite suite : chosen()) {
        results.add(run(suite, bench));
        // After each, so that one that fails takes nothing of the others with it.
        write(new Results(began, quick, machine, results));
        if (!json) {
          terminal.println(Tables.terminal(results.get(results.size() - 1), before.orElse(null)));
        }
      }
    } finally {
      if (data == null) {
        delete(directory);
      }
    }
    finish(new Results(began, quick, machine, results), before, terminal);
    if (profile != null) {
      terminal.println(Profiles.top(profile));
    }
  }

  private static ScenarioResult run(Suite suite, Bench bench) {
    Findings findings = new Findings();
    long start = System.nanoTime();
    suite.scenario().run(bench, findings);
    long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
    return new ScenarioResult(suite.toString(), seconds, findings.figures(), findings.notes());
  }

  private void write(Results results) throws IOException {
    if (out != null) {
      if (out.toAbsolutePath().getParent() != null) {
        Files.createDirectories(out.toAbsolutePath().getParent());
      }
      Files.writeString(out, ResultsJson.write(results));
    }
    if (page != null) {
      Files.writeString(page, Page.with(results, Files.readString(page)));
    }
  }

  private void finish(Results results, Optional<Results> before, PrintWriter terminal) {
    if (json) {
      terminal.print(ResultsJson.write(results));
      return;
    }
    terminal.println("on " + results.machine().shown());
    if (quick) {
      terminal.println("a quick run: it works; the figures mean nothing");
    }
    terminal.println(
        before
            .map(was -> "compared with " + was.at() + " on " + was.machine().shown())
            .orElse("nothing to compare with"));
  }

  private Optional<Results> before() throws IOException {
    if (compare != null) {
      return Optional.of(ResultsJson.read(compare));
    }
    return newest(COMMITTED);
  }

  /** The newest results of a directory; empty when it has none. */
  static Optional<Results> newest(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .map(ResultsJson::read)
          .max(Comparator.comparing(Results::at));
    }
  }

  private List<Suite> chosen() {
    return suites.contains(Suite.ALL)
        ? Arrays.stream(Suite.values()).filter(suite -> suite != Suite.ALL).toList()
        : suites;
  }

  private static void delete(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
