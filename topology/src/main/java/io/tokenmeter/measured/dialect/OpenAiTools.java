package io.tokenmeter.measured.dialect;

import io.tokenmeter.measured.body.JsonCursor;
import io.tokenmeter.measured.body.Texts;
import io.tokenmeter.measured.dialect.AnswerSheet.Voice;
import java.io.IOException;

/**
 * Functions in OpenAI's protocols: their definitions in a request, their calls in an answer.
 *
 * <p>OpenAI doesn't publish how a model is shown a function. Known reconstructions write a
 * TypeScript namespace; {@link ToolText} does so, and {@link ChatFormat} has the rest.
 */
final class OpenAiTools {
  /** Tokens around a call in an answer, beside its name and arguments; fitted to the recorded. */
  private static final int PER_CALL = 7;

  private OpenAiTools() {}

  /** The {@code tools} of a request, or the older {@code functions}. */
  static void read(JsonCursor tools, RequestSheet sheet) throws IOException {
    ToolText text = new ToolText();
    tools.array(
        tool -> {
          ToolSchema schema = ToolSchema.read(tool);
          if (schema.name().isEmpty()) {
            sheet.uncounted();
          } else {
            text.add(schema);
            sheet.chat().function();
          }
        });
    if (!text.isEmpty()) {
      sheet.texts().append(text.toString());
      sheet.texts().end();
    }
  }

  /** Which function may be called: none, any, or one by its name. */
  static void choice(JsonCursor choice, RequestSheet sheet) throws IOException {
    if ("none".equals(choice.name())) {
      sheet.chat().chooseNone();
    }
    choice.object((name, value) -> chosen(name, value, sheet));
  }

  private static void chosen(String name, JsonCursor value, RequestSheet sheet) throws IOException {
    if (name.equals("name")) {
      String function = value.name();
      sheet.chat().choose(function == null ? "" : function);
    } else if (name.equals("function")) {
      value.object((inner, field) -> chosen(inner, field, sheet));
    }
  }

  /** A schema that the answer must fit is shown to the model; how is not published. */
  static void format(JsonCursor format, RequestSheet sheet) throws IOException {
    format.object(
        (name, value) -> {
          if (name.equals("json_schema") || name.equals("schema")) {
            sheet.chat().schema();
            value.addSourceTo(sheet.texts());
          }
        });
  }

  /** An element of {@code tool_calls} in an answer or in a piece of one. */
  static void call(JsonCursor call, int choice, AnswerSheet sheet) throws IOException {
    call.object(
        (name, value) -> {
          if (name.equals("function") || name.equals("custom")) {
            called(value, choice, sheet);
          }
        });
  }

  /** A function's name begins a call; its arguments come with it or in later pieces. */
  static void called(JsonCursor function, int choice, AnswerSheet sheet) throws IOException {
    function.object(
        (name, value) -> {
          Texts text = sheet.text(Voice.VISIBLE, choice, 2);
          if (name.equals("name") && value.name() != null) {
            text.end();
            value.addTo(text);
            sheet.overhead(PER_CALL);
          } else if (name.equals("arguments") || name.equals("input")) {
            value.appendTo(text);
          }
        });
  }
}
