package io.tokenmeter.measured.dialect;

import io.tokenmeter.measured.Meter;
import io.tokenmeter.measured.Operation;
import io.tokenmeter.measured.body.JsonCursor;
import java.io.IOException;

/**
 * Embeddings of Google's models: embedContent and batchEmbedContents, and predict at Vertex AI.
 *
 * <p>Sources: Google, Gemini API reference, "Embeddings"; Vertex AI, "Text embeddings API": {@code
 * statistics.token_count} of each prediction. Older models of the Gemini API report nothing.
 */
final class GeminiEmbeddings implements Dialect {
  @Override
  public String name() {
    return "gemini-embeddings";
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
    return route.endsWith(":embedContent")
        || route.endsWith(":batchEmbedContents")
        || (route.endsWith(":predict") && (route.contains("embed") || route.contains("gecko")));
  }

  @Override
  public boolean resembles(Shape shape) {
    return (shape.has("usageMetadata") && (shape.has("embedding") || shape.has("embeddings")))
        || (shape.has("predictions") && shape.has("metadata"));
  }

  @Override
  public void readRequest(JsonCursor body, RequestSheet sheet) throws IOException {
    sheet.modelIfUnnamed(sheet.route().between("/models/", ":"));
    body.object(
        (field, value) -> {
          switch (field) {
            case "requests" ->
                value.array(
                    one -> one.object((name, inner) -> GeminiPrompt.field(name, inner, sheet)));
            case "instances" ->
                value.array(
                    one ->
                        one.object(
                            (name, inner) -> {
                              if (name.equals("content") || name.equals("title")) {
                                inner.addTo(sheet.texts());
                              }
                            }));
            default -> GeminiPrompt.field(field, value, sheet);
          }
        });
  }

  @Override
  public void readAnswer(JsonCursor body, AnswerSheet sheet) throws IOException {
    body.object(
        (field, value) -> {
          switch (field) {
            case "usageMetadata" -> GeminiUsage.read(value, sheet);
            case "predictions" -> value.array(one -> one.object((n, v) -> statistic(n, v, sheet)));
            default -> {}
          }
        });
    sheet.figures().drop(Figure.OUTPUT);
  }

  private static void statistic(String name, JsonCursor value, AnswerSheet sheet)
      throws IOException {
    switch (name) {
      case "embeddings", "statistics" ->
          value.object((inner, field) -> statistic(inner, field, sheet));
      case "token_count" -> sheet.figures().add(Figure.INPUT, value.whole());
      default -> {}
    }
  }
}
