package io.tokenmeter.measured.dialect;

import io.tokenmeter.measured.Meter;
import io.tokenmeter.measured.Operation;
import io.tokenmeter.measured.body.JsonCursor;
import io.tokenmeter.measured.dialect.AnswerSheet.Voice;
import java.io.IOException;

/**
 * Ollama's own protocol: chat, generate and embed; a stream is lines of JSON.
 *
 * <p>Source: Ollama, "API": {@code prompt_eval_count} and {@code eval_count} are in the last line,
 * which has {@code done}.
 */
final class Ollama implements Dialect {
  private final boolean embeds;

  /**
   * Knows either the calls that embed or those that write.
   *
   * @param embeds the former
   */
  Ollama(boolean embeds) {
    this.embeds = embeds;
  }

  @Override
  public String name() {
    return embeds ? "ollama-embed" : "ollama";
  }

  @Override
  public Operation operation() {
    return embeds ? Operation.EMBEDDINGS : Operation.CHAT;
  }

  @Override
  public Meter inputMeter() {
    return embeds ? Meter.EMBEDDING_TOKENS : Meter.INPUT_TOKENS;
  }

  @Override
  public boolean speaks(Route route) {
    return embeds
        ? route.endsWith("/api/embed") || route.endsWith("/api/embeddings")
        : route.endsWith("/api/chat") || route.endsWith("/api/generate");
  }

  @Override
  public boolean resembles(Shape shape) {
    return embeds
        ? shape.has("prompt_eval_count") && shape.has("embeddings")
        : shape.has("done") && shape.has("model");
  }

  @Override
  public void readRequest(JsonCursor body, RequestSheet sheet) throws IOException {
    sheet.stream(!embeds);
    body.object(
        (field, value) -> {
          switch (field) {
            case "model" -> sheet.model(value.name());
            case "stream" -> sheet.stream(value.isTrue());
            case "messages" -> value.array(message -> OpenAiPrompt.message(message, sheet));
            case "prompt", "input", "system", "suffix" -> TokensOrText.read(value, sheet);
            case "tools" -> OpenAiTools.read(value, sheet);
            case "images" -> sheet.uncounted();
            default -> {}
          }
        });
  }

  @Override
  public void readAnswer(JsonCursor body, AnswerSheet sheet) throws IOException {
    body.object(
        (field, value) -> {
          switch (field) {
            case "model" -> sheet.model(value.name());
            case "response" -> value.appendTo(sheet.text(0));
            case "message" -> value.object((name, inner) -> message(name, inner, sheet));
            case "prompt_eval_count" -> sheet.figures().set(Figure.INPUT, value.whole());
            case "eval_count" -> sheet.figures().set(Figure.OUTPUT, value.whole());
            case "done" -> {
              if (value.isTrue()) {
                sheet.ended();
              }
            }
            case "error" -> sheet.failed();
            default -> {}
          }
        });
  }

  private static void message(String name, JsonCursor value, AnswerSheet sheet) throws IOException {
    switch (name) {
      case "content" -> value.appendTo(sheet.text(0));
      case "thinking" -> value.appendTo(sheet.text(Voice.THINKING, 0, 0));
      case "tool_calls" -> value.addSourceTo(sheet.text(0));
      default -> {}
    }
  }
}
