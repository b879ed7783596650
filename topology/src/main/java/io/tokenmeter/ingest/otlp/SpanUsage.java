package io.tokenmeter.ingest.otlp;

import io.tokenmeter.ingest.RawRecord;
import io.tokenmeter.raw.InvalidRecordException;
import io.tokenmeter.raw.Rejection;
import java.util.List;

/** What came of one span. */
public sealed interface SpanUsage {
  /**
   * It tells usage.
   *
   * @param spanId for messages
   * @param records a meter each; at least one
   */
  record Metered(String spanId, List<RawRecord> records) implements SpanUsage {
    public Metered {
      records = List.copyOf(records);
    }
  }

  /** It has nothing to bill: no call of a model, or none that used tokens. */
  record Nothing() implements SpanUsage {}

  /**
   * It tells usage that can't be billed.
   *
   * @param spanId for messages
   * @param code why, for machines
   * @param message why, for people; holds no text of the span but names and numbers
   */
  record Refused(String spanId, Rejection code, String message) implements SpanUsage {
    static Refused of(String spanId, InvalidRecordException e) {
      return new Refused(spanId, e.code(), String.valueOf(e.getMessage()));
    }
  }
}
