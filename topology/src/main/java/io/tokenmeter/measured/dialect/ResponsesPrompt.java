package io.tokenmeter.measured.dialect;

import io.tokenmeter.measured.body.JsonCursor;
import java.io.IOException;

/**
 * The input of OpenAI's responses: a string, or items of a conversation.
 *
 * <p>Source: OpenAI, API reference, "Create a model response", {@code input} and {@code
 * instructions}. Both are shown to the model as a chat is.
 */
final class ResponsesPrompt {
  private ResponsesPrompt() {}

  static void read(String field, JsonCursor value, RequestSheet sheet) throws IOException {
    if (value.isText()) {
      sheet.chat().message();
      if (field.equals("instructions")) {
        sheet.chat().system();
      }
      sheet.texts().append(field.equals("instructions") ? "system" : "user");
      sheet.texts().end();
      value.addTo(sheet.texts());
    }
    value.array(item -> item(item, sheet));
  }

  private static void item(JsonCursor item, RequestSheet sheet) throws IOException {
    boolean[] call = {false};
    item.object(
        (name, value) -> {
          switch (name) {
            case "role" -> {
              sheet.chat().message();
              OpenAiPrompt.role(value, sheet);
            }
            case "content" -> OpenAiPrompt.content(value, sheet);
            case "output" -> {
              sheet.chat().message();
              OpenAiPrompt.content(value, sheet);
            }
            case "name", "arguments", "input" -> {
              call[0] = true;
              value.addTo(sheet.texts());
            }
            case "encrypted_content", "results", "action", "tools", "file_id" -> {
              if (!value.isNull()) {
                sheet.uncounted();
              }
            }
            default -> {}
          }
        });
    if (call[0]) {
      sheet.chat().call();
    }
  }
}
