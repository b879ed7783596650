package io.tokenmeter.measured.dialect;

import io.tokenmeter.measured.Meter;
import io.tokenmeter.measured.Operation;
import io.tokenmeter.measured.body.JsonCursor;
import java.io.IOException;

/**
 * OpenAI's jobs of fine-tuning. A job's {@code trained_tokens} are known when it is done, and every
 * look at it tells them again, so they are shown but never bill: training is billed by a usage
 * record, once.
 *
 * <p>Source: OpenAI, API reference, "The fine-tuning job object".
 */
final class OpenAiFineTuning implements Dialect {
  @Override
  public String name() {
    return "openai-fine-tuning";
  }

  @Override
  public Operation operation() {
    return Operation.FINE_TUNING;
  }

  @Override
  public boolean speaks(Route route) {
    return route.contains("/fine_tuning/");
  }

  @Override
  public boolean resembles(Shape shape) {
    return shape.object().startsWith("fine_tuning.") || shape.has("training_file");
  }

  @Override
  public void readRequest(JsonCursor body, RequestSheet sheet) throws IOException {
    body.object(
        (field, value) -> {
          if (field.equals("model")) {
            sheet.model(value.name());
          }
        });
  }

  @Override
  public void readAnswer(JsonCursor body, AnswerSheet sheet) throws IOException {
    sheet.nothingUsed();
    body.object(
        (field, value) -> {
          switch (field) {
            case "id" -> sheet.responseId(value.name());
            case "model" -> sheet.model(value.name());
            case "trained_tokens" -> sheet.reported(Meter.TRAINING_TOKENS, value.decimal());
            default -> {}
          }
        });
  }
}
