package io.tokenmeter.app.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** JSON and server-sent events, put together. */
final class Json {
  /** About as many characters as a provider sends at a time. */
  private static final int CHUNK = 12;

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ObjectNode message(String role, String content) {
    return object().put("role", role).put("content", content);
  }

  /** An event without a name, as OpenAI's chat sends them. */
  static String event(ObjectNode data) {
    return "data: " + data + "\n\n";
  }

  /** An event that has the name of its data's type. */
  static String namedEvent(ObjectNode data) {
    return "event: " + data.get("type").textValue() + "\n" + event(data);
  }

  /** A text in the pieces in which a stream delivers it; no character is split. */
  static List<String> chunks(String text) {
    List<String> chunks = new ArrayList<>();
    int begin = 0;
    while (begin < text.length()) {
      int end = Math.min(begin + CHUNK, text.length());
      if (end < text.length() && Character.isLowSurrogate(text.charAt(end))) {
        end++;
      }
      chunks.add(text.substring(begin, end));
      begin = end;
    }
    return chunks;
  }
}
