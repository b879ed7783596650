package io.tokenmeter.measured.dialect;

import io.tokenmeter.measured.body.JsonCursor;
import java.io.IOException;

/** The text of a prompt in Gemini's protocol, which writes names in two styles. */
final class GeminiPrompt {
  private GeminiPrompt() {}

  static void field(String name, JsonCursor value, RequestSheet sheet) throws IOException {
    switch (name) {
      case "contents", "systemInstruction", "system_instruction", "content" -> {
        content(value, sheet);
        value.array(one -> content(one, sheet));
      }
      case "tools" -> {
        sheet.chat().function();
        value.addSourceTo(sheet.texts());
      }
      case "generationConfig", "generation_config" ->
          value.object(
              (inner, limit) -> {
                if (inner.equals("maxOutputTokens") || inner.equals("max_output_tokens")) {
                  sheet.maxOutputTokens(limit.whole());
                }
              });
      case "cachedContent", "cached_content" -> sheet.uncounted();
      default -> {}
    }
  }

  private static void content(JsonCursor content, RequestSheet sheet) throws IOException {
    content.addTo(sheet.texts());
    content.object(
        (name, value) -> {
          if (name.equals("parts")) {
            value.array(part -> part.object((inner, field) -> part(inner, field, sheet)));
            value.object((inner, field) -> part(inner, field, sheet));
          }
        });
  }

  private static void part(String name, JsonCursor value, RequestSheet sheet) throws IOException {
    switch (name) {
      case "text" -> value.addTo(sheet.texts());
      case "functionCall", "functionResponse", "function_call", "function_response" ->
          value.addSourceTo(sheet.texts());
      case "inlineData", "fileData", "inline_data", "file_data" -> sheet.uncounted();
      default -> {}
    }
  }
}
