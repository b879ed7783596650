package io.tokenmeter.measured.dialect;

import io.tokenmeter.measured.Operation;
import io.tokenmeter.measured.body.JsonCursor;
import io.tokenmeter.measured.dialect.AnswerSheet.Voice;
import java.io.IOException;

/**
 * OpenAI's legacy completions.
 *
 * <p>Source: OpenAI, API reference, "Completions": the prompt is a string, strings, tokens or
 * arrays of tokens; nothing is added to it. {@code best_of} makes more than it shows, which only
 * the usage tells.
 */
final class OpenAiCompletions implements Dialect {
  @Override
  public String name() {
    return "openai-completions";
  }

  @Override
  public Operation operation() {
    return Operation.TEXT_COMPLETION;
  }

  @Override
  public boolean speaks(Route route) {
    return route.endsWith("/completions");
  }

  @Override
  public boolean resembles(Shape shape) {
    return shape.object().equals("text_completion")
        || (shape.has("prompt") && shape.has("model") && shape.has("max_tokens"));
  }

  @Override
  public void readRequest(JsonCursor body, RequestSheet sheet) throws IOException {
    body.object(
        (field, value) -> {
          switch (field) {
            case "model" -> sheet.model(value.name());
            case "stream" -> sheet.stream(value.isTrue());
            case "max_tokens" -> sheet.maxOutputTokens(value.whole());
            case "prompt" -> TokensOrText.read(value, sheet);
            case "suffix" -> value.addTo(sheet.texts());
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
            case "usage" -> OpenAiUsage.read(value, sheet);
            case "choices" -> value.array(choice -> choice(choice, sheet));
            case "error" -> {
              if (!value.isNull()) {
                sheet.failed();
              }
            }
            default -> {}
          }
        });
  }

  private static void choice(JsonCursor choice, AnswerSheet sheet) throws IOException {
    int[] index = {AnswerSheet.UNKNOWN};
    choice.object(
        (name, value) -> {
          switch (name) {
            case "index" -> index[0] = OpenAiChat.index(value);
            case "text" -> value.appendTo(sheet.text(Voice.VISIBLE, index[0], 0));
            case "finish_reason" -> {
              if (value.isText()) {
                sheet.ended();
              }
            }
            default -> {}
          }
        });
    sheet.adopt(Math.max(0, index[0]));
  }
}
