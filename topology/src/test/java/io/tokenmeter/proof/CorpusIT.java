package io.tokenmeter.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tokenmeter.embedded.SharedBroker;
import io.tokenmeter.rated.book.ShippedBooks;
import io.tokenmeter.schema.BilledUsage;
import io.tokenmeter.schema.UnpricedUsage;
import io.tokenmeter.stream.DeadLetters;
import io.tokenmeter.topics.Topics;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Real exchanges through the running applications: each ends in one place, and none is lost. */
@ExtendWith(SharedBroker.class)
class CorpusIT {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Duration COMMAND = Duration.ofMinutes(2);
  private static final Path LOG = Path.of("target", "proof", "corpus-it.log");
  private static final Path COMMANDS = Path.of("target", "proof", "corpus-it-commands.log");
  private static final String BOOK = "gptbots";
  private static final String ORG = "reader";
  private static final String RUN = "corpus";
  private static final List<String> FILES = List.of("openai.jsonl", "anthropic.jsonl");
  private static final int PARTITIONS = 3;

  @TempDir Path directory;

  @Test
  void everyRecordedExchangeIsBilledOnceOrWaitsForAPrice() throws IOException {
    assumeTrue(
        Recorded.folder().isPresent(),
        "no corpus of recorded exchanges here; set TOKENMETER_CORPUS to its folder");
    Files.deleteIfExists(LOG);
    Files.deleteIfExists(COMMANDS);
    Path folder = Recorded.folder().orElseThrow();
    List<Recorded> corpus = new ArrayList<>();
    for (String file : FILES) {
      corpus.addAll(Recorded.read(folder.resolve(file)));
    }
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    try (Installation installation =
            new Installation(SharedBroker.prefix(CorpusIT.class), PARTITIONS);
        CommittedRecords committed = installation.read()) {
      Map<String, String> settings = installation.settings(directory.resolve("state"));
      settings.put("default.book", BOOK);
      installation.publish(ShippedBooks.read(BOOK).prices(now));
      installation.grant(ORG, "big", new BigDecimal("1000000000"), now);
      installation.flush();
      for (String file : FILES) {
        command(
            List.of("produce", folder.resolve(file).toString(), "--org", ORG, "--run", RUN),
            settings);
      }
      try (ApplicationProcess process = ApplicationProcess.run(LOG, settings)) {
        await("every exchange has ended")
            .atMost(PATIENCE)
            .pollInSameThread()
            .until(
                () -> {
                  assertThat(process.isAlive()).as("it runs, see " + LOG).isTrue();
                  committed.poll();
                  return committed.deadLetters().size() + ended(committed) >= corpus.size();
                });
        committed.pollToTheEnd();
      }
      print(corpus, committed);
      check(corpus, committed);
      command(List.of("audit", "--json"), settings);
    }
  }

  /** What {@code produce} makes of an exchange's id. */
  private static String usageId(Recorded recorded) {
    return RUN + "-" + recorded.id();
  }

  private static int ended(CommittedRecords committed) {
    return committed.count(Topics.USAGE_BILLED) + committed.count(Topics.USAGE_UNPRICED);
  }

  private static void check(List<Recorded> corpus, CommittedRecords committed) {
    assertThat(rejections(committed)).as("dead letters").isEmpty();
    assertThat(committed.count(Topics.USAGE_UNMATCHED)).as("unmatched").isZero();
    List<String> ended =
        Stream.concat(
                billed(committed).stream().map(BilledUsage::getUsageId),
                unpriced(committed).stream().map(UnpricedUsage::getUsageId))
            .toList();
    assertThat(ended)
        .as("ids that were billed or wait for a price")
        .containsExactlyInAnyOrderElementsOf(corpus.stream().map(CorpusIT::usageId).toList());
    Map<String, Recorded> byId = new HashMap<>();
    corpus.forEach(recorded -> byId.put(usageId(recorded), recorded));
    List<String> unread =
        billed(committed).stream()
            .filter(b -> byId.get(b.getUsageId()).hasUsage() && b.getFreeReason() == null)
            .filter(b -> b.getReadings().stream().allMatch(r -> r.getReported() == null))
            .map(b -> byId.get(b.getUsageId()).endpoint() + " " + b.getUsageId())
            .toList();
    assertThat(unread).as("billed without a figure of the provider, which gave some").isEmpty();
  }

  /** Runs one of the project's own commands to its end. */
  private static void command(List<String> words, Map<String, String> settings) {
    try (ApplicationProcess command = ApplicationProcess.start(COMMANDS, words, settings)) {
      int code = command.await(COMMAND);
      System.out.println(command.output().strip());
      assertThat(code).as("exit code of " + words + ", see " + COMMANDS).isZero();
    }
  }

  private static void print(List<Recorded> corpus, CommittedRecords committed) {
    SortedMap<String, Integer> free = new TreeMap<>();
    BigDecimal amount = BigDecimal.ZERO;
    for (BilledUsage billed : billed(committed)) {
      amount = amount.add(billed.getAmount());
      if (billed.getFreeReason() != null) {
        free.merge(billed.getFreeReason(), 1, Integer::sum);
      }
    }
    SortedMap<String, Integer> unpriced = new TreeMap<>();
    for (UnpricedUsage waiting : unpriced(committed)) {
      String why = waiting.getMissing().isEmpty() ? "" : " without " + waiting.getMissing();
      unpriced.merge(waiting.getModel() + why, 1, Integer::sum);
    }
    System.out.println(
        corpus.size()
            + " exchanges, "
            + corpus.stream().filter(Recorded::hasUsage).count()
            + " with reported usage: "
            + committed.count(Topics.USAGE_BILLED)
            + " billed, "
            + amount.toPlainString()
            + " credit, of them free "
            + free
            + "; "
            + committed.count(Topics.USAGE_UNPRICED)
            + " unpriced; rejected "
            + rejections(committed));
    System.out.println("unpriced by model: " + unpriced);
  }

  private static List<BilledUsage> billed(CommittedRecords committed) {
    return committed.values(Topics.USAGE_BILLED, BilledUsage.class);
  }

  private static List<UnpricedUsage> unpriced(CommittedRecords committed) {
    return committed.values(Topics.USAGE_UNPRICED, UnpricedUsage.class);
  }

  private static List<String> rejections(CommittedRecords committed) {
    return committed.deadLetters().stream()
        .map(letter -> letter.headers().lastHeader(DeadLetters.MESSAGE).value())
        .map(message -> new String(message, StandardCharsets.UTF_8))
        .toList();
  }
}
