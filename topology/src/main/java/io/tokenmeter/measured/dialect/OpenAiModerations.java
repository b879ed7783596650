package io.tokenmeter.measured.dialect;

import io.tokenmeter.measured.Operation;
import io.tokenmeter.measured.body.JsonCursor;
import java.io.IOException;

/**
 * OpenAI's moderations: no usage is reported, and OpenAI charges nothing; the input is counted for
 * those who do.
 *
 * <p>Source: OpenAI, API reference, "Moderations".
 */
final class OpenAiModerations implements Dialect {
  @Override
  public String name() {
    return "openai-moderations";
  }

  @Override
  public Operation operation() {
    return Operation.MODERATION;
  }

  @Override
  public boolean speaks(Route route) {
    return route.endsWith("/moderations");
  }

  @Override
  public boolean resembles(Shape shape) {
    return shape.has("results") && shape.has("model") && shape.has("id");
  }

  @Override
  public void readRequest(JsonCursor body, RequestSheet sheet) throws IOException {
    body.object(
        (field, value) -> {
          switch (field) {
            case "model" -> sheet.model(value.name());
            case "input" -> TokensOrText.read(value, sheet);
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
            default -> {}
          }
        });
  }
}
