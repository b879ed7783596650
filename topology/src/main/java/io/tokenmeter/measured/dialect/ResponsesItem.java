package io.tokenmeter.measured.dialect;

import io.tokenmeter.measured.Meter;
import io.tokenmeter.measured.body.JsonCursor;
import io.tokenmeter.measured.body.Texts;
import io.tokenmeter.measured.dialect.AnswerSheet.Voice;
import java.io.IOException;
import java.util.Map;

/**
 * An item of a response's output: text, a function's call, or the use of a tool that costs.
 *
 * <p>Source: OpenAI, "Pricing", built-in tools: web search, file search and code interpreter are
 * charged for beside their tokens.
 */
final class ResponsesItem {
  /** Tokens around a function's call, beside its name and arguments; fitted to the recorded. */
  private static final int PER_CALL = 7;

  /** What of an item's text is counted. */
  enum Counts {
    ALL,
    /** The name of a function: its arguments come as deltas. */
    NAME,
    /** Nothing: it was counted as it came. */
    NOTHING
  }

  private final AnswerSheet sheet;
  private final int index;
  private final Counts counts;
  private final boolean done;
  private String type = "";
  private String tool = "";

  ResponsesItem(AnswerSheet sheet, int index, Counts counts, boolean done) {
    this.sheet = sheet;
    this.index = index;
    this.counts = counts;
    this.done = done;
  }

  /** Reads the item here. */
  void read(JsonCursor item) throws IOException {
    item.object(this::field);
    if (done && !tool.isEmpty()) {
      sheet.seen(Meter.TOOL_CALLS, 1, Map.of("tool", tool));
    }
  }

  private void field(String name, JsonCursor value) throws IOException {
    switch (name) {
      case "type" -> type(value.name(""));
      case "name" -> {
        if (counts != Counts.NOTHING && value.isText()) {
          Texts text = sheet.text(Voice.VISIBLE, index, 0);
          text.end();
          value.addTo(text);
          sheet.overhead(PER_CALL);
        }
      }
      case "arguments", "input" -> {
        if (counts == Counts.ALL) {
          value.addTo(sheet.text(index));
        }
      }
      case "content" -> {
        if (counts == Counts.ALL) {
          value.array(part -> part.object(this::part));
        }
      }
      case "action" -> value.object(this::action);
      default -> {}
    }
  }

  private void type(String said) {
    type = said;
    switch (said) {
      case "file_search_call" -> tool = "file_search";
      case "code_interpreter_call" -> tool = "code_interpreter";
      case "image_generation_call" -> tool = "image_generation";
      default -> {}
    }
  }

  private void part(String name, JsonCursor value) throws IOException {
    if (name.equals("text") || name.equals("refusal")) {
      Voice voice = type.equals("reasoning") ? Voice.THINKING : Voice.VISIBLE;
      value.addTo(sheet.text(voice, index, 0));
    }
  }

  /** Searching costs; opening a page that was found, or looking into it, doesn't. */
  private void action(String name, JsonCursor value) throws IOException {
    if (done && name.equals("type") && "search".equals(value.name())) {
      sheet.seen(Meter.WEB_SEARCHES, 1, Map.of());
    }
  }
}
