package io.tokenmeter.measured.dialect;

import io.tokenmeter.measured.Meter;
import io.tokenmeter.measured.Operation;
import io.tokenmeter.measured.body.JsonCursor;
import java.io.IOException;

/**
 * Mistral's reading of documents: billed by the page.
 *
 * <p>Source: Mistral, API reference, "OCR": {@code usage_info.pages_processed}.
 */
final class MistralOcr implements Dialect {
  @Override
  public String name() {
    return "mistral-ocr";
  }

  @Override
  public Operation operation() {
    return Operation.OCR;
  }

  @Override
  public boolean speaks(Route route) {
    return route.endsWith("/ocr");
  }

  @Override
  public boolean resembles(Shape shape) {
    return shape.has("usage_info") && shape.has("pages");
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
    body.object(
        (field, value) -> {
          switch (field) {
            case "model" -> sheet.model(value.name());
            case "usage_info" ->
                value.object(
                    (name, inner) -> {
                      if (name.equals("pages_processed")) {
                        sheet.reported(Meter.PAGES, inner.decimal());
                      }
                    });
            default -> {}
          }
        });
  }
}
