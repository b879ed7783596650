package io.tokenmeter.ingest.otlp;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A span, as far as it matters.
 *
 * @param traceId as it came; empty when there was none
 * @param spanId as it came; empty when there was none
 * @param startNanos since 1970, as it came; empty when there was none
 * @param attributes those that are wanted, the span's own before its resource's
 */
record Span(String traceId, String spanId, String startNanos, Map<String, Attribute> attributes) {
  Span {
    attributes = Map.copyOf(attributes);
  }

  @Nullable Attribute attribute(String name) {
    return attributes.get(name);
  }
}
