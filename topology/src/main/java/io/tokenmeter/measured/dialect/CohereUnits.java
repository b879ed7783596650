package io.tokenmeter.measured.dialect;

import io.tokenmeter.measured.Meter;
import io.tokenmeter.measured.body.JsonCursor;
import java.io.IOException;

/**
 * What Cohere bills: {@code billed_units}, in v1 in {@code meta}, in v2 in {@code usage}.
 *
 * <p>Source: Cohere, "How does Cohere's pricing work?" and API reference, "Usage": {@code tokens}
 * has the prompt with the vendor's own preamble and {@code cached_tokens} is a part of that, so
 * neither is billed.
 */
final class CohereUnits {
  private CohereUnits() {}

  static void read(JsonCursor usage, AnswerSheet sheet) throws IOException {
    usage.object(
        (name, value) -> {
          if (name.equals("billed_units")) {
            value.object((unit, count) -> unit(unit, count, sheet));
          }
        });
  }

  private static void unit(String unit, JsonCursor count, AnswerSheet sheet) throws IOException {
    switch (unit) {
      case "input_tokens" -> sheet.figures().set(Figure.INPUT, count.whole());
      case "output_tokens" -> sheet.figures().set(Figure.OUTPUT, count.whole());
      case "image_tokens" -> sheet.figures().set(Figure.INPUT_IMAGE, count.whole());
      case "search_units" -> sheet.reported(Meter.SEARCH_UNITS, count.decimal());
      default -> {}
    }
  }
}
