package io.tokenmeter.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/** Where the stream threads spend time and memory, by JFR's samples. */
final class Profiles {
  private static final int SHOWN = 25;
  private static final String OURS = "io.tokenmeter.";

  /** Sums by what is shown. */
  private final Map<String, Map<String, Long>> sums = new HashMap<>();

  private Profiles() {}

  /** The recordings of a directory, each summed up. */
  static String top(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      StringBuilder text = new StringBuilder();
      for (Path file : files.filter(it -> it.toString().endsWith(".jfr")).sorted().toList()) {
        text.append(file).append('\n').append(new Profiles().of(file));
      }
      return text.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String of(Path recording) throws IOException {
    try (RecordingFile file = new RecordingFile(recording)) {
      while (file.hasMoreEvents()) {
        RecordedEvent event = file.readEvent();
        switch (event.getEventType().getName()) {
          case "jdk.ExecutionSample" -> sample(event, event.getThread("sampledThread"));
          case "jdk.ObjectAllocationSample" -> allocation(event);
          default -> {}
        }
      }
    }
    StringBuilder text = new StringBuilder();
    sums.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> table(text, entry.getKey(), entry.getValue()));
    return text.toString();
  }

  private void sample(RecordedEvent event, RecordedThread thread) {
    String stage = stage(thread);
    List<RecordedFrame> frames = frames(event);
    if (stage.isEmpty() || frames.isEmpty()) {
      return;
    }
    add(stage + ": time, top frames", name(frames.get(0)), 1);
    Set<String> seen = new HashSet<>();
    for (RecordedFrame frame : frames) {
      String name = name(frame);
      if (seen.add(name)) {
        add(stage + ": time, with what it calls", name, 1);
      }
    }
  }

  private void allocation(RecordedEvent event) {
    String stage = stage(event.getThread());
    if (stage.isEmpty()) {
      return;
    }
    long weight = event.getLong("weight");
    String type = event.getClass("objectClass").getName();
    String place =
        frames(event).stream()
            .map(Profiles::name)
            .filter(name -> name.startsWith(OURS))
            .findFirst()
            .orElseGet(() -> frames(event).isEmpty() ? "(unknown)" : name(frames(event).get(0)));
    add(stage + ": allocation by type", type, weight);
    add(stage + ": allocation by nearest frame of ours", place, weight);
  }

  private static List<RecordedFrame> frames(RecordedEvent event) {
    return event.getStackTrace() == null
        ? List.of()
        : event.getStackTrace().getFrames().stream().filter(RecordedFrame::isJavaFrame).toList();
  }

  private static String name(RecordedFrame frame) {
    return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
  }

  private static String stage(@org.jspecify.annotations.Nullable RecordedThread thread) {
    String name = thread == null ? null : thread.getJavaName();
    if (name == null || !name.contains("StreamThread-")) {
      return "";
    }
    return name.contains("-measure-") ? "measure" : "ledger";
  }

  private void add(String table, String row, long weight) {
    sums.computeIfAbsent(table, key -> new HashMap<>()).merge(row, weight, Long::sum);
  }

  private static void table(StringBuilder text, String title, Map<String, Long> rows) {
    boolean inclusive = title.endsWith("calls");
    long all =
        inclusive
            ? rows.values().stream().mapToLong(Long::longValue).max().orElse(1)
            : rows.values().stream().mapToLong(Long::longValue).sum();
    text.append(title).append('\n');
    rows.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
        .limit(inclusive ? 3L * SHOWN : SHOWN)
        .forEach(
            row ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "  %5.1f%%  %s%n",
                        100.0 * row.getValue() / all,
                        row.getKey())));
  }
}
