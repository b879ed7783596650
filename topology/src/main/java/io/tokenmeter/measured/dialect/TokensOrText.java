package io.tokenmeter.measured.dialect;

import io.tokenmeter.measured.body.JsonCursor;
import java.io.IOException;

/** Input that is text, tokens, or any number of either. */
final class TokensOrText {
  private TokensOrText() {}

  static void read(JsonCursor value, RequestSheet sheet) throws IOException {
    if (value.isText()) {
      value.addTo(sheet.texts());
    } else if (value.isNumber()) {
      sheet.tokens(1);
    } else {
      value.array(element -> read(element, sheet));
      value.object((name, inner) -> part(name, inner, sheet));
    }
  }

  /** An element of a multimodal input. */
  private static void part(String name, JsonCursor value, RequestSheet sheet) throws IOException {
    switch (name) {
      case "text" -> value.addTo(sheet.texts());
      case "content" -> read(value, sheet);
      case "image", "image_url", "image_base64", "video_url", "video_base64" -> sheet.uncounted();
      default -> {}
    }
  }
}
