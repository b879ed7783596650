package io.tokenmeter.app.audit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A whole and its parts.
 *
 * @param whole name of the left side
 * @param total its figure
 * @param parts the right side's terms, in order
 */
public record Equation(String whole, long total, Map<String, Long> parts) {
  public Equation {
    parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
  }

  /** Whether the parts add up to the whole. */
  public boolean holds() {
    return parts.values().stream().mapToLong(Long::longValue).sum() == total;
  }

  /** The figure of a part; 0 when the equation has no such part. */
  public long part(String name) {
    return parts.getOrDefault(name, 0L);
  }

  /** As in {@code raw 12 = metered 11 + rejected 1}. */
  @Override
  public String toString() {
    String right =
        parts.entrySet().stream()
            .map(part -> part.getKey() + " " + part.getValue())
            .collect(Collectors.joining(" + "));
    return whole + " " + total + (holds() ? " = " : " ≠ ") + right;
  }
}
