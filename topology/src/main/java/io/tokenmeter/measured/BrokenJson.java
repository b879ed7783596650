package io.tokenmeter.measured;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;

/**
 * Says where a body stops being JSON. The parser's own message quotes the body, so it isn't used.
 */
final class BrokenJson {
  private BrokenJson() {}

  static String message(JsonProcessingException broken) {
    JsonLocation at = broken.getLocation();
    String where = at == null ? "" : " at byte " + at.getByteOffset();
    return broken instanceof StreamConstraintsException
        ? "body is nested too deeply or has too long a number"
            + where
            + "; send what was on the wire"
        : "body is not JSON" + where + "; send it decompressed and as it was on the wire";
  }
}
