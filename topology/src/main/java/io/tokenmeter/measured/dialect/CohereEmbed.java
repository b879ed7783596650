package io.tokenmeter.measured.dialect;

import io.tokenmeter.measured.Meter;
import io.tokenmeter.measured.Operation;
import io.tokenmeter.measured.body.JsonCursor;
import java.io.IOException;

/**
 * Cohere's embeddings, v1 and v2.
 *
 * <p>Source: Cohere, API reference, "Embed": texts and images are billed beside each other.
 */
final class CohereEmbed implements Dialect {
  @Override
  public String name() {
    return "cohere-embed";
  }

  @Override
  public Operation operation() {
    return Operation.EMBEDDINGS;
  }

  @Override
  public Meter inputMeter() {
    return Meter.EMBEDDING_TOKENS;
  }

  @Override
  public boolean speaks(Route route) {
    return route.endsWith("/v1/embed") || route.endsWith("/v2/embed");
  }

  @Override
  public boolean resembles(Shape shape) {
    return shape.has("embeddings") && (shape.has("meta") || shape.has("response_type"));
  }

  @Override
  public void readRequest(JsonCursor body, RequestSheet sheet) throws IOException {
    body.object(
        (field, value) -> {
          switch (field) {
            case "model" -> sheet.model(value.name());
            case "texts", "inputs" -> TokensOrText.read(value, sheet);
            case "images" -> {
              if (value.isArray()) {
                sheet.uncounted();
              }
            }
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
            case "meta" -> {
              CohereUnits.read(value, sheet);
              // Image tokens are beside the input; the split expects them inside.
              TokenFigures figures = sheet.figures();
              if (figures.of(Figure.INPUT_IMAGE) > 0) {
                figures.add(Figure.INPUT, figures.of(Figure.INPUT_IMAGE));
              }
            }
            default -> {}
          }
        });
  }
}
