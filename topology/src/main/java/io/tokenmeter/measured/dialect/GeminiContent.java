package io.tokenmeter.measured.dialect;

import io.tokenmeter.measured.Meter;
import io.tokenmeter.measured.Operation;
import io.tokenmeter.measured.body.JsonCursor;
import io.tokenmeter.measured.body.Texts;
import io.tokenmeter.measured.dialect.AnswerSheet.Voice;
import java.io.IOException;

/**
 * Gemini's generateContent and streamGenerateContent, at Google's Gemini API and at Vertex AI.
 *
 * <p>Source: Google, Gemini API reference, "Generating content"; "Grounding with Google Search" for
 * what a search costs: a grounded answer of models before Gemini 3, each query since.
 */
final class GeminiContent implements Dialect {
  @Override
  public String name() {
    return "gemini";
  }

  @Override
  public Operation operation() {
    return Operation.GENERATE_CONTENT;
  }

  @Override
  public Containment containment() {
    return GeminiUsage.CONTAINMENT;
  }

  @Override
  public boolean speaks(Route route) {
    return route.endsWith(":generateContent") || route.endsWith(":streamGenerateContent");
  }

  @Override
  public boolean resembles(Shape shape) {
    return shape.has("candidates")
        || (shape.has("usageMetadata") && !shape.has("embedding") && !shape.has("embeddings"))
        || shape.has("contents");
  }

  @Override
  public void readRequest(JsonCursor body, RequestSheet sheet) throws IOException {
    sheet.modelIfUnnamed(sheet.route().between("/models/", ":"));
    sheet.stream(sheet.route().endsWith(":streamGenerateContent"));
    body.object((field, value) -> GeminiPrompt.field(field, value, sheet));
  }

  @Override
  public void readAnswer(JsonCursor body, AnswerSheet sheet) throws IOException {
    String asked = sheet.route().between("/models/", ":");
    body.object(
        (field, value) -> {
          switch (field) {
            case "responseId" -> sheet.responseId(value.name());
            case "modelVersion" -> sheet.model(value.name());
            case "usageMetadata" -> GeminiUsage.read(value, sheet);
            case "candidates" ->
                value.array(
                    candidate ->
                        candidate.object((name, inner) -> candidate(name, inner, asked, sheet)));
            case "promptFeedback" ->
                value.object(
                    (name, inner) -> {
                      if (name.equals("blockReason")) {
                        sheet.ended();
                      }
                    });
            case "error" -> sheet.failed();
            default -> {}
          }
        });
    if (sheet.hasEnded()) {
      GeminiUsage.completeOutput(sheet.figures());
    }
  }

  private static void candidate(String name, JsonCursor value, String model, AnswerSheet sheet)
      throws IOException {
    switch (name) {
      case "finishReason" -> sheet.ended();
      case "content" ->
          value.object(
              (inner, parts) -> {
                if (inner.equals("parts")) {
                  sheet.answered();
                  parts.array(part -> part(part, sheet));
                }
              });
      case "groundingMetadata" ->
          value.object(
              (inner, queries) -> {
                if (inner.equals("webSearchQueries")) {
                  searched(queries, model, sheet);
                }
              });
      default -> {}
    }
  }

  private static void searched(JsonCursor queries, String model, AnswerSheet sheet)
      throws IOException {
    long[] count = {0};
    queries.array(query -> count[0]++);
    if (count[0] > 0) {
      boolean byQuery = model.startsWith("gemini-3");
      sheet.exactly(Meter.WEB_SEARCHES, byQuery ? count[0] : 1);
    }
  }

  private static void part(JsonCursor part, AnswerSheet sheet) throws IOException {
    // Whether a text is a thought may stand behind it.
    Texts text = new Texts();
    boolean[] thought = {false};
    part.object(
        (name, value) -> {
          switch (name) {
            case "text" -> value.appendTo(text);
            case "thought" -> thought[0] = value.isTrue();
            case "functionCall", "executableCode" -> value.addSourceTo(text);
            case "inlineData" -> sheet.uncounted();
            default -> {}
          }
        });
    if (!text.isEmpty()) {
      sheet.text(thought[0] ? Voice.THINKING : Voice.VISIBLE, 0, 0).append(text);
    }
  }
}
