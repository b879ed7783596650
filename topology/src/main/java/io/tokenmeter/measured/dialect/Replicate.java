package io.tokenmeter.measured.dialect;

import io.tokenmeter.measured.Operation;
import io.tokenmeter.measured.body.JsonCursor;
import java.io.IOException;

/**
 * Replicate's predictions: what goes on uses nothing yet; what succeeded tells its tokens. Looking
 * again at a prediction bills again, so a gateway should publish the look under the request id of
 * the call that made it.
 *
 * <p>Source: Replicate, "HTTP API", predictions, {@code metrics}.
 */
final class Replicate implements Dialect {
  @Override
  public String name() {
    return "replicate";
  }

  @Override
  public Operation operation() {
    return Operation.TEXT_COMPLETION;
  }

  @Override
  public boolean speaks(Route route) {
    return route.endsWith("/predictions") || route.contains("/predictions/");
  }

  @Override
  public boolean resembles(Shape shape) {
    return shape.has("metrics") && shape.has("status") && shape.has("urls");
  }

  @Override
  public void readRequest(JsonCursor body, RequestSheet sheet) throws IOException {
    sheet.modelIfUnnamed(sheet.route().between("/models/", "/predictions"));
    body.object(
        (field, value) -> {
          switch (field) {
            case "version", "model" -> sheet.modelIfUnnamed(value.name(""));
            case "input" ->
                value.object(
                    (name, inner) -> {
                      if (name.equals("prompt") || name.equals("system_prompt")) {
                        inner.addTo(sheet.texts());
                      }
                    });
            default -> {}
          }
        });
  }

  @Override
  public void readAnswer(JsonCursor body, AnswerSheet sheet) throws IOException {
    String[] status = {""};
    body.object(
        (field, value) -> {
          switch (field) {
            case "id" -> sheet.responseId(value.name());
            case "model" -> sheet.model(value.name());
            case "status" -> status[0] = value.name("");
            case "output" -> {
              value.appendTo(sheet.text(0));
              value.array(piece -> piece.appendTo(sheet.text(0)));
            }
            case "metrics" ->
                value.object(
                    (name, inner) -> {
                      if (name.equals("input_token_count")) {
                        sheet.figures().set(Figure.INPUT, inner.whole());
                      } else if (name.equals("output_token_count")) {
                        sheet.figures().set(Figure.OUTPUT, inner.whole());
                      }
                    });
            default -> {}
          }
        });
    switch (status[0]) {
      case "succeeded" -> sheet.ended();
      case "failed", "canceled" -> sheet.failed();
      default -> sheet.nothingUsed();
    }
  }
}
