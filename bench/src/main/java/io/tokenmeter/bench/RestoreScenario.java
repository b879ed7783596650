package io.tokenmeter.bench;

import io.tokenmeter.topics.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/**
 * How long an instance that has lost its disk takes to have its state again, and how many bytes
 * that is.
 */
final class RestoreScenario implements Scenario {
  /** The ledger's application id, which its changelogs are named after. */
  static final String APPLICATION = "tokenmeter-ledger";

  private static final String CHANGELOG = "-changelog";
  private static final int IDS_PER_ORGANISATION = 10;

  /** A size of state. */
  private record Step(int organisations, boolean judged) {
    int ids() {
      return IDS_PER_ORGANISATION * organisations;
    }

    String words() {
      return String.format(
          java.util.Locale.ROOT, "%,d organisations, %,d ids", organisations, ids());
    }
  }

  @Override
  public void run(Bench bench, Findings findings) {
    posted(bench, new Step(bench.size(5_000, 20), false), findings);
    List<Step> steps =
        bench.quick()
            ? List.of(new Step(200, true))
            : List.of(new Step(10_000, false), new Step(100_000, false), new Step(1_000_000, true));
    for (Step step : steps) {
      written(bench, step, findings);
    }
    findings.note(
        "Restore is timed from the start of a process without a state directory until it is ready,"
            + " so a JVM's start of some seconds is in each figure. \"Posted\" is the state that"
            + " real charges leave, ten for each organisation, with usage windows and the newest"
            + " charges. The others are accounts and settled ids alone, written to the changelogs"
            + " by the ledger's own serializers, the account as real charges left it. Bytes are of"
            + " the changelogs as they lie in the broker; ids are of 40 characters and more.");
  }

  private static void posted(Bench bench, Step step, Findings findings) {
    try (Installation installation =
            Installation.start(bench, "posted", PipelineScenario.PARTITIONS);
        Gateway gateway = new Gateway(installation)) {
      bench.say("restore: posting for " + step.words() + " ...");
      PipelineScenario.prepare(installation, gateway, step.organisations());
      Instance instance = installation.start("first", "ledger", Map.of()).awaitReady();
      try (CommittedReader reader =
          new CommittedReader(
              installation, Topics.USAGE_BILLED.name(Installation.PREFIX), record -> {})) {
        LedgerScenario.Facts facts = new LedgerScenario.Facts(gateway, bench.seed());
        for (int i = 0; i < IDS_PER_ORGANISATION; i++) {
          gateway.sendAll(facts.next(step.organisations(), step.organisations()));
        }
        reader.await(step.ids());
      }
      instance.close();
      restore(bench, "posted, " + step.words(), step, installation, findings);
    }
  }

  private static void written(Bench bench, Step step, Findings findings) {
    String name = "restore-" + step.organisations();
    try (Installation installation = Installation.start(bench, name, PipelineScenario.PARTITIONS);
        ChangelogWriter writer = new ChangelogWriter(installation)) {
      // An empty ledger makes the changelogs as it wants them.
      installation.start("first", "ledger", Map.of()).awaitReady().close();
      bench.say("restore: writing " + step.words() + " ...");
      writer.write(step.organisations(), IDS_PER_ORGANISATION, bench.seed());
      double accounts = writer.bytes("accounts") / (double) step.organisations();
      double ids = writer.bytes("ids") / (double) step.ids();
      if (step.judged()) {
        findings.add(
            "an organisation's account, key and value", "bytes", Target.atMost("1024"), accounts);
        findings.add("an id, key and value", "bytes", Target.atMost("60"), ids);
      }
      restore(bench, step.words(), step, installation, findings);
    }
  }

  private static void restore(
      Bench bench, String words, Step step, Installation installation, Findings findings) {
    double changelogs = changelogBytes(installation);
    bench.say("restore: restoring " + words + " ...");
    long start = System.nanoTime();
    Instance instance = installation.start("second", "ledger", Map.of()).awaitReady();
    double seconds = (System.nanoTime() - start) / 1e9;
    double cpu = instance.jvm().cpu().toNanos() / 1e9;
    findings.add(
        words + ": restored in",
        "s",
        step.judged() ? Target.atMost("90") : Target.lower(),
        seconds);
    findings.add(words + ": CPU of the application", "s", Target.lower(), cpu);
    findings.add(words + ": changelogs", "MB", Target.lower(), changelogs / 1e6);
    findings.add(
        words + ": changelogs, an organisation with its ids",
        "bytes",
        Target.lower(),
        changelogs / step.organisations());
    findings.add(
        words + ": on the instance's disk",
        "MB",
        Target.lower(),
        size(installation.directory().resolve("second-state")) / 1e6);
    instance.close();
  }

  /** Of the ledger's changelogs in the broker's log. */
  private static double changelogBytes(Installation installation) {
    try (Admin admin = Admin.create(installation.kafka())) {
      Set<Integer> brokers =
          admin.describeCluster().nodes().get().stream()
              .map(node -> node.id())
              .collect(Collectors.toSet());
      return admin.describeLogDirs(brokers).allDescriptions().get().values().stream()
          .flatMap(directories -> directories.values().stream())
          .flatMap(directory -> directory.replicaInfos().entrySet().stream())
          .filter(replica -> replica.getKey().topic().startsWith(APPLICATION))
          .filter(replica -> replica.getKey().topic().endsWith(CHANGELOG))
          .mapToLong(replica -> replica.getValue().size())
          .sum();
    } catch (ExecutionException e) {
      throw new BenchFailure("the broker doesn't tell sizes: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted", e);
    }
  }

  private static double size(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .map(Path::toFile)
          .filter(java.io.File::isFile)
          .mapToLong(java.io.File::length)
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The changelog of a store. */
  static String changelog(String store) {
    return APPLICATION + "-" + store + CHANGELOG;
  }
}
