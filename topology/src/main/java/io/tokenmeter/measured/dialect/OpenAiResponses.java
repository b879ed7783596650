package io.tokenmeter.measured.dialect;

import io.tokenmeter.measured.Operation;
import io.tokenmeter.measured.body.JsonCursor;
import io.tokenmeter.measured.dialect.AnswerSheet.Voice;
import java.io.IOException;

/**
 * OpenAI's responses: made, streamed, compacted, and retrieved later.
 *
 * <p>Sources: OpenAI, API reference, "Responses", "Streaming events" and "Compaction"; "Pricing"
 * for searches and tools.
 *
 * <p>Usage is in {@code response.usage}; in a stream in that of the event that ends it ({@code
 * response.completed}, {@code .incomplete} or {@code .failed}), whose copy of the output is passed
 * over because the deltas were counted.
 *
 * <p>What bills: the answer that carries the usage, once. A response that is still queued or in
 * progress uses nothing yet. A response that is retrieved by its id was billed when it was made,
 * unless it ran in the background: then the retrieval is the first to tell its usage, and bills. A
 * gateway that lets callers retrieve a finished background response more than once should publish
 * the retrieval under the request id of the call that made it, so that it bills once.
 */
final class OpenAiResponses implements Dialect {
  static final String NAME = "openai-responses";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Operation operation() {
    return Operation.CHAT;
  }

  @Override
  public Containment containment() {
    return Containment.BY_TOTAL;
  }

  @Override
  public boolean speaks(Route route) {
    return route.endsWith("/responses") || route.endsWith("/responses/compact") || retrieves(route);
  }

  private static boolean retrieves(Route route) {
    return (route.contains("/responses/resp_") && !route.endsWith("/input_items"))
        || (route.contains("/responses/") && route.endsWith("/cancel"));
  }

  @Override
  public boolean resembles(Shape shape) {
    return shape.object().equals("response")
        || shape.object().equals("response.compaction")
        || shape.type().startsWith("response.")
        || (shape.has("input") && shape.has("instructions") && shape.has("model"));
  }

  @Override
  public void readRequest(JsonCursor body, RequestSheet sheet) throws IOException {
    body.object(
        (field, value) -> {
          switch (field) {
            case "model" -> sheet.model(value.name());
            case "stream" -> sheet.stream(value.isTrue());
            case "max_output_tokens" -> sheet.maxOutputTokens(value.whole());
            case "service_tier" -> sheet.serviceTier(value.name());
            case "instructions", "input" -> ResponsesPrompt.read(field, value, sheet);
            case "previous_response_id", "conversation", "prompt" -> {
              if (!value.isNull()) {
                sheet.uncounted();
              }
            }
            case "tools" -> OpenAiTools.read(value, sheet);
            case "tool_choice" -> OpenAiTools.choice(value, sheet);
            case "text" ->
                value.object(
                    (name, inner) -> {
                      if (name.equals("format")) {
                        OpenAiTools.format(inner, sheet);
                      }
                    });
            default -> {}
          }
        });
  }

  @Override
  public void readAnswer(JsonCursor body, AnswerSheet sheet) throws IOException {
    Read response = new Read(sheet, true);
    body.object(response::field);
    if (!response.finished() || (retrieves(sheet.route()) && !response.background)) {
      sheet.nothingUsed();
    }
    sheet.ended();
  }

  @Override
  public void readEvent(String event, JsonCursor data, AnswerSheet sheet) throws IOException {
    Piece piece = new Piece(sheet);
    data.object(piece::field);
    switch (piece.type.isEmpty() ? event : piece.type) {
      case "response.completed", "response.incomplete" -> sheet.ended();
      case "response.failed", "error" -> {
        sheet.failed();
        sheet.ended();
      }
      default -> {}
    }
    if (piece.known && retrieves(sheet.route()) && !piece.background) {
      sheet.nothingUsed();
    }
  }

  /** The response object. */
  private static final class Read {
    private final AnswerSheet sheet;
    private final boolean countsOutput;
    private boolean background;
    private String status = "completed";

    Read(AnswerSheet sheet, boolean countsOutput) {
      this.sheet = sheet;
      this.countsOutput = countsOutput;
    }

    boolean finished() {
      return !status.equals("queued") && !status.equals("in_progress");
    }

    void field(String name, JsonCursor value) throws IOException {
      switch (name) {
        case "id" -> sheet.responseId(value.name());
        case "model" -> sheet.model(value.name());
        case "service_tier" -> sheet.serviceTier(value.name());
        case "status" -> status = value.name(status);
        case "background" -> background = value.isTrue();
        case "usage" -> OpenAiUsage.read(value, sheet);
        case "error" -> {
          if (value.isObject()) {
            sheet.failed();
          }
        }
        case "output" -> {
          if (countsOutput) {
            sheet.answered();
            int[] index = {0};
            value.array(
                item ->
                    new ResponsesItem(sheet, index[0]++, ResponsesItem.Counts.ALL, true)
                        .read(item));
          }
        }
        default -> {}
      }
    }
  }

  /** An event of a stream. */
  private static final class Piece {
    private final AnswerSheet sheet;
    private String type = "";
    private boolean known;
    private boolean background;

    Piece(AnswerSheet sheet) {
      this.sheet = sheet;
    }

    void field(String name, JsonCursor value) throws IOException {
      switch (name) {
        case "type" -> type = value.name("");
        case "response" -> {
          Read response = new Read(sheet, false);
          value.object(response::field);
          known = true;
          background = response.background;
        }
        // Deltas come one item after the other, so that one text takes them all.
        case "delta" -> delta(value);
        case "item" -> {
          boolean done = type.equals("response.output_item.done");
          new ResponsesItem(
                  sheet, 0, done ? ResponsesItem.Counts.NOTHING : ResponsesItem.Counts.NAME, done)
              .read(value);
        }
        default -> {}
      }
    }

    private void delta(JsonCursor value) throws IOException {
      if (!value.isText()) {
        return;
      }
      switch (type) {
        case "response.output_text.delta",
            "response.refusal.delta",
            "response.function_call_arguments.delta",
            "response.custom_tool_call_input.delta" ->
            value.appendTo(sheet.text(0));
        case "response.reasoning_text.delta" -> value.appendTo(sheet.text(Voice.THINKING, 0, 0));
        default -> {}
      }
    }
  }
}
