package io.tokenmeter.ingest.otlp;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a span is about: {@code gen_ai.operation.name}. */
enum Operation {
  CHAT("chat", Kind.GENERATION),
  GENERATE_CONTENT("generate_content", Kind.GENERATION),
  TEXT_COMPLETION("text_completion", Kind.GENERATION),
  EMBEDDINGS("embeddings", Kind.EMBEDDING),
  RETRIEVAL("retrieval", Kind.AROUND_CALLS),
  CREATE_AGENT("create_agent", Kind.AROUND_CALLS),
  INVOKE_AGENT("invoke_agent", Kind.AROUND_CALLS),
  INVOKE_WORKFLOW("invoke_workflow", Kind.AROUND_CALLS),
  EXECUTE_TOOL("execute_tool", Kind.AROUND_CALLS);

  /** How its tokens are counted. */
  enum Kind {
    GENERATION,
    EMBEDDING,
    /**
     * Not a call of a model: the tokens that it tells are those of calls with spans of their own.
     */
    AROUND_CALLS
  }

  private final String wireName;
  private final Kind kind;

  Operation(String wireName, Kind kind) {
    this.wireName = wireName;
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  static Optional<Operation> named(String wireName) {
    return Arrays.stream(values()).filter(o -> o.wireName.equals(wireName)).findFirst();
  }

  /** All of them, for a message. */
  static String names() {
    return Arrays.stream(values()).map(o -> o.wireName).collect(Collectors.joining(", "));
  }
}
