package io.tokenmeter.measured.dialect;

import io.tokenmeter.measured.Operation;
import io.tokenmeter.measured.body.JsonCursor;
import io.tokenmeter.measured.body.Texts;
import io.tokenmeter.measured.dialect.AnswerSheet.Voice;
import java.io.IOException;

/**
 * Bedrock's Converse and ConverseStream.
 *
 * <p>Source: AWS, API reference, "Converse" and "ConverseStream": a stream's usage is in its last
 * event, {@code metadata}.
 */
final class BedrockConverse implements Dialect {
  @Override
  public String name() {
    return "bedrock-converse";
  }

  @Override
  public Operation operation() {
    return Operation.CHAT;
  }

  @Override
  public Containment containment() {
    return BedrockUsage.CONTAINMENT;
  }

  @Override
  public boolean speaks(Route route) {
    return route.endsWith("/converse") || route.endsWith("/converse-stream");
  }

  @Override
  public boolean resembles(Shape shape) {
    return shape.has("stopReason")
        || shape.has("inferenceConfig")
        || shape.has("contentBlockIndex")
        || (shape.has("p") && shape.has("role"));
  }

  @Override
  public void readRequest(JsonCursor body, RequestSheet sheet) throws IOException {
    sheet.modelIfUnnamed(sheet.route().between("/model/", "/converse"));
    sheet.stream(sheet.route().endsWith("-stream"));
    body.object(
        (field, value) -> {
          switch (field) {
            case "system" -> {
              sheet.chat().message();
              value.array(block -> block.object((name, inner) -> block(name, inner, sheet)));
            }
            case "messages" ->
                value.array(
                    message -> {
                      sheet.chat().message();
                      message.object((name, inner) -> block(name, inner, sheet));
                    });
            case "toolConfig" -> {
              sheet.chat().function();
              value.addSourceTo(sheet.texts());
            }
            case "inferenceConfig" ->
                value.object(
                    (name, inner) -> {
                      if (name.equals("maxTokens")) {
                        sheet.maxOutputTokens(inner.whole());
                      }
                    });
            default -> {}
          }
        });
  }

  private static void block(String name, JsonCursor value, RequestSheet sheet) throws IOException {
    switch (name) {
      case "role", "text", "name" -> value.addTo(sheet.texts());
      case "content" ->
          value.array(block -> block.object((inner, field) -> block(inner, field, sheet)));
      case "toolUse", "toolResult", "reasoningContent", "reasoningText" ->
          value.object((inner, field) -> block(inner, field, sheet));
      case "input", "json" -> value.addSourceTo(sheet.texts());
      case "image", "document", "video" -> sheet.uncounted();
      default -> {}
    }
  }

  @Override
  public void readAnswer(JsonCursor body, AnswerSheet sheet) throws IOException {
    body.object((field, value) -> answer(field, value, sheet));
    sheet.ended();
  }

  @Override
  public void readEvent(String event, JsonCursor data, AnswerSheet sheet) throws IOException {
    data.object((field, value) -> answer(field, value, sheet));
    if (event.equals("messageStop") || event.equals("metadata")) {
      sheet.ended();
    }
  }

  /** A field of an answer or an event; models that are invoked may answer with the same. */
  static void answer(String field, JsonCursor value, AnswerSheet sheet) throws IOException {
    switch (field) {
      case "usage" -> BedrockUsage.read(value, sheet.figures());
      case "output", "message", "delta", "start", "toolUse" ->
          value.object((name, inner) -> answer(name, inner, sheet));
      case "content" -> {
        sheet.answered();
        value.array(block -> block.object((name, inner) -> answer(name, inner, sheet)));
      }
      case "reasoningContent", "reasoningText" ->
          value.object((name, inner) -> thinking(name, inner, sheet));
      case "text" -> value.appendTo(sheet.text(0));
      case "name" -> {
        Texts text = sheet.text(0);
        text.end();
        value.addTo(text);
      }
      case "input" -> {
        value.appendTo(sheet.text(0));
        if (value.isObject()) {
          value.addSourceTo(sheet.text(0));
        }
      }
      default -> {}
    }
  }

  private static void thinking(String name, JsonCursor value, AnswerSheet sheet)
      throws IOException {
    if (name.equals("text")) {
      value.appendTo(sheet.text(Voice.THINKING, 0, 0));
    }
    value.object((inner, field) -> thinking(inner, field, sheet));
  }
}
