package io.tokenmeter.proof;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a run did and found, for people and for machines; written anew after every round. */
final class Report {
  private static final int MOST_SHOWN = 50;

  /** The figures of a run, each with its name. */
  record Figure(String name, long value) {}

  private final long seed;
  private final Instant began = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final Map<Fault, Integer> struck = new EnumMap<>(Fault.class);
  private final Map<Fault, List<Duration>> recoveries = new EnumMap<>(Fault.class);
  private final List<Figure> figures = new ArrayList<>();
  private final List<String> differences = new ArrayList<>();
  private int missed;
  private int verdicts;
  private long windows;
  private String state = "still running";

  Report(long seed) {
    this.seed = seed;
  }

  void struck(Fault fault) {
    struck.merge(fault, 1, Integer::sum);
  }

  /** A fault had nothing to strike, as when the brokers were away. */
  void missed() {
    missed++;
  }

  /** So long after a fault was put right, all that was sent until then had come out. */
  void recovered(Fault fault, Duration after) {
    recoveries.computeIfAbsent(fault, any -> new ArrayList<>()).add(after);
  }

  void verdict(Verdict verdict) {
    verdicts++;
    windows += verdict.windows();
    differences.addAll(verdict.differences());
  }

  void figures(List<Figure> now) {
    figures.clear();
    figures.addAll(now);
  }

  /** How it ended, in a few words. */
  void ended(String how) {
    state = how;
  }

  int faults() {
    return struck.values().stream().mapToInt(Integer::intValue).sum();
  }

  List<String> differences() {
    return List.copyOf(differences);
  }

  private static String hardware() {
    return Runtime.getRuntime().availableProcessors()
        + " cores ("
        + processor()
        + "), JDK "
        + Runtime.version().feature()
        + ", "
        + System.getProperty("os.name");
  }

  private static String processor() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  private List<Figure> all() {
    List<Figure> all = new ArrayList<>();
    all.add(new Figure("minutes", Duration.between(began, Instant.now()).toMinutes()));
    all.add(new Figure("faults", faults()));
    all.add(new Figure("faults with nothing to strike", missed));
    all.addAll(figures);
    all.add(new Figure("comparisons of everything", verdicts));
    all.add(new Figure("usage windows compared over HTTP", windows));
    all.add(new Figure("differences", differences.size()));
    return all;
  }

  /** As a page. */
  String markdown() {
    StringBuilder page = new StringBuilder("# The last long run of the crash suite\n\n");
    page.append("What it does is told in [what it survives](surviving.md). This run: ")
        .append(state)
        .append(".\n\n| | |\n|---|---|\n| began | ")
        .append(began)
        .append(" |\n| hardware | ")
        .append(hardware())
        .append(" |\n| seed | ")
        .append(seed)
        .append(" |\n");
    all().forEach(each -> row(page, each.name(), String.format(Locale.ROOT, "%,d", each.value())));
    page.append("\n## Faults\n\n");
    page.append("Seconds from the moment at which the cause was put right until all that had been");
    page.append(" sent by then was billed or\nrejected and every instance was ready.\n\n");
    page.append("| fault | times | median | longest |\n|---|---|---|---|\n");
    for (Fault fault : Fault.values()) {
      List<Duration> times = recoveries.getOrDefault(fault, List.of());
      page.append("| ")
          .append(fault.sentence())
          .append(" | ")
          .append(struck.getOrDefault(fault, 0))
          .append(" | ")
          .append(times.isEmpty() ? "" : seconds(median(times)))
          .append(" | ")
          .append(times.isEmpty() ? "" : seconds(Collections.max(times)))
          .append(" |\n");
    }
    page.append("\n## Differences\n\n");
    page.append(differences.isEmpty() ? "None.\n" : "");
    differences.stream().limit(MOST_SHOWN).forEach(d -> page.append("- ").append(d).append('\n'));
    return page.toString();
  }

  private static void row(StringBuilder page, String name, String value) {
    page.append("| ").append(name).append(" | ").append(value).append(" |\n");
  }

  private static Duration median(List<Duration> times) {
    List<Duration> sorted = times.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f", time.toMillis() / 1000.0);
  }

  /** Writes {@code crash-report.md} and {@code crash-report.json}. */
  void write(Path directory) {
    ObjectMapper json = new ObjectMapper();
    ObjectNode root = json.createObjectNode();
    root.put("state", state).put("began", began.toString()).put("hardware", hardware());
    root.put("seed", seed);
    all().forEach(each -> root.put(each.name().replace(' ', '_'), each.value()));
    ObjectNode faults = root.putObject("faults_by_kind");
    struck.forEach((fault, times) -> faults.put(fault.name(), times));
    ObjectNode recovery = root.putObject("recovery_ms_by_kind");
    recoveries.forEach(
        (fault, times) -> {
          ArrayNode each = recovery.putArray(fault.name());
          times.forEach(time -> each.add(time.toMillis()));
        });
    ArrayNode found = root.putArray("what_differs");
    differences.stream().limit(MOST_SHOWN).forEach(found::add);
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve("crash-report.md"), markdown(), StandardCharsets.UTF_8);
      Files.writeString(
          directory.resolve("crash-report.json"),
          root.toPrettyString() + "\n",
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
