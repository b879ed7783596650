package io.tokenmeter.proof;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What should stand on the topics beside what does, each as a line of text; what is on both sides
 * cancels out. So it holds no more than what is under way, and in the end what differs.
 */
final class Sheet {
  private static final class Open {
    final long serial;
    int count;

    Open(long serial) {
      this.serial = serial;
    }
  }

  private final Map<String, Open> open = new LinkedHashMap<>();
  private long serial;

  /** Something that should stand on a topic. */
  void expect(String line) {
    add(line, 1);
  }

  /** Something that does. */
  void found(String line) {
    add(line, -1);
  }

  private void add(String line, int change) {
    Open entry = open.computeIfAbsent(line, any -> new Open(++serial));
    entry.count += change;
    if (entry.count == 0) {
      open.remove(line);
    }
  }

  boolean isEven() {
    return open.isEmpty();
  }

  /** How many lines are on one side alone by now. */
  int size() {
    return open.size();
  }

  /** How many lines there have been. */
  long serial() {
    return serial;
  }

  /** Whether nothing is open that is as old as {@link #serial} was. */
  boolean isEvenUpTo(long earlier) {
    return open.isEmpty() || open.values().iterator().next().serial > earlier;
  }

  /** What is on one side alone. */
  List<String> differences() {
    return open.entrySet().stream()
        .map(
            entry ->
                (entry.getValue().count > 0 ? "missing: " : "too much: ")
                    + entry.getKey()
                    + (Math.abs(entry.getValue().count) > 1
                        ? " ×" + Math.abs(entry.getValue().count)
                        : ""))
        .toList();
  }
}
