package io.tokenmeter.measured.dialect;

import io.tokenmeter.measured.body.JsonCursor;
import io.tokenmeter.measured.count.Detail;
import java.io.IOException;

/**
 * The text of a prompt in Anthropic's messages. How the vendor writes it down for its models isn't
 * public, so that the count is an estimate whatever is done here.
 */
final class AnthropicPrompt {
  private AnthropicPrompt() {}

  static void system(JsonCursor value, RequestSheet sheet) throws IOException {
    sheet.chat().message();
    sheet.chat().system();
    content(value, sheet);
  }

  static void message(JsonCursor message, RequestSheet sheet) throws IOException {
    sheet.chat().message();
    message.object(
        (name, value) -> {
          switch (name) {
            case "role" -> value.addTo(sheet.texts());
            case "content" -> content(value, sheet);
            default -> {}
          }
        });
  }

  private static void content(JsonCursor value, RequestSheet sheet) throws IOException {
    value.addTo(sheet.texts());
    value.array(block -> block.object((name, inner) -> block(name, inner, sheet)));
  }

  private static void block(String name, JsonCursor value, RequestSheet sheet) throws IOException {
    switch (name) {
      case "text", "thinking", "name" -> value.addTo(sheet.texts());
      case "input" -> value.addSourceTo(sheet.texts());
      case "content" -> content(value, sheet);
      case "source" -> value.object((part, inner) -> source(part, inner, sheet));
      case "encrypted_content", "data" -> sheet.uncounted();
      default -> {}
    }
  }

  /** The source of an image or a document; of a document in text the text is counted. */
  private static void source(String name, JsonCursor value, RequestSheet sheet) throws IOException {
    switch (name) {
      case "type" -> {
        if (!"text".equals(value.name())) {
          sheet.image(null, Detail.AUTO);
        }
      }
      case "data" -> {
        if (value.scalar(64).contains(" ")) {
          value.addTo(sheet.texts());
        }
      }
      default -> {}
    }
  }

  static void tool(JsonCursor tool, RequestSheet sheet) throws IOException {
    sheet.chat().function();
    tool.addSourceTo(sheet.texts());
  }
}
