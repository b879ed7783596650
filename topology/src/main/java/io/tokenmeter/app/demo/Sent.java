package io.tokenmeter.app.demo;

import io.tokenmeter.schema.LlmRequest;
import io.tokenmeter.schema.LlmResponse;
import io.tokenmeter.schema.UsageRecord;

/** One record as a gateway publishes it. */
public sealed interface Sent {
  /** To {@code llm.requests}. */
  record Request(LlmRequest value) implements Sent {}

  /** To {@code llm.responses}. */
  record Response(LlmResponse value) implements Sent {}

  /** To {@code usage.records}. */
  record Usage(UsageRecord value) implements Sent {}

  /**
   * To {@code llm.requests}: what no serializer wrote.
   *
   * @param value the bytes as text, of a gateway that speaks another format
   */
  record Garbage(String value) implements Sent {}
}
