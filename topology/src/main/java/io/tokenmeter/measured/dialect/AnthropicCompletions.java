package io.tokenmeter.measured.dialect;

import io.tokenmeter.measured.Operation;
import io.tokenmeter.measured.body.JsonCursor;
import java.io.IOException;

/**
 * Anthropic's legacy text completions, which report no usage.
 *
 * <p>Source: Anthropic, API reference, "Create a text completion" and "Streaming text completions":
 * since version 2023-06-01 each event has the new text alone.
 */
final class AnthropicCompletions implements Dialect {
  @Override
  public String name() {
    return "anthropic-completions";
  }

  @Override
  public Operation operation() {
    return Operation.TEXT_COMPLETION;
  }

  @Override
  public boolean speaks(Route route) {
    return route.endsWith("/v1/complete");
  }

  @Override
  public boolean resembles(Shape shape) {
    return shape.has("max_tokens_to_sample")
        || (shape.has("completion") && shape.has("stop_reason"));
  }

  @Override
  public void readRequest(JsonCursor body, RequestSheet sheet) throws IOException {
    body.object(
        (field, value) -> {
          switch (field) {
            case "model" -> sheet.model(value.name());
            case "stream" -> sheet.stream(value.isTrue());
            case "max_tokens_to_sample" -> sheet.maxOutputTokens(value.whole());
            case "prompt" -> value.addTo(sheet.texts());
            default -> {}
          }
        });
  }

  @Override
  public void readAnswer(JsonCursor body, AnswerSheet sheet) throws IOException {
    body.object(
        (field, value) -> {
          switch (field) {
            case "id" -> sheet.responseId(value.name());
            case "model" -> sheet.model(value.name());
            case "completion" -> value.appendTo(sheet.text(0));
            case "stop_reason" -> {
              if (value.isText()) {
                sheet.ended();
              }
            }
            case "error" -> sheet.failed();
            default -> {}
          }
        });
  }
}
