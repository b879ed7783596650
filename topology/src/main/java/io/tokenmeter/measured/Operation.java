package io.tokenmeter.measured;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What kind of call it was. The names on the wire are OpenTelemetry's well-known values of {@code
 * gen_ai.operation.name} where it has one ({@code chat}, {@code text_completion}, {@code
 * embeddings}, {@code generate_content}), and follow its style where it has none.
 */
public enum Operation {
  CHAT,
  TEXT_COMPLETION,
  EMBEDDINGS,
  GENERATE_CONTENT,
  RERANK,
  IMAGE_GENERATION,
  TRANSCRIPTION,
  TRANSLATION,
  SPEECH,
  MODERATION,
  FINE_TUNING,
  OCR,
  BATCH,
  /** A call that uses no meter by nature: files, models, vector stores. */
  NOT_METERED,
  /** A usage record, which has no exchange. */
  USAGE;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  public String wireName() {
    return wireName;
  }

  /** The operation of that name on the wire; empty when there is none. */
  public static Optional<Operation> named(String wireName) {
    return Arrays.stream(values()).filter(o -> o.wireName.equals(wireName)).findFirst();
  }
}
