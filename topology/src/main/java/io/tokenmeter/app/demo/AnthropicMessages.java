package io.tokenmeter.app.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Anthropic's messages, JSON and streamed. */
final class AnthropicMessages {
  private static final String PROVIDER = "anthropic";

  private AnthropicMessages() {}

  static Exchanged exchange(Talk talk) {
    ObjectNode request =
        Json.object()
            .put("model", talk.model())
            .put("max_tokens", 1024)
            .put("system", talk.system());
    request.putArray("messages").add(Json.message("user", talk.question()));
    if (talk.stream()) {
      request.put("stream", true);
    }
    return new Exchanged(
        PROVIDER,
        "/v1/messages",
        request.toString(),
        200,
        talk.stream() ? "text/event-stream; charset=utf-8" : "application/json",
        talk.stream() ? stream(talk) : answer(talk));
  }

  private static ObjectNode head(Talk talk) {
    return Json.object()
        .put("id", "msg_" + talk.callId())
        .put("type", "message")
        .put("role", "assistant")
        .put("model", talk.model());
  }

  private static String answer(Talk talk) {
    ObjectNode body = head(talk);
    body.putArray("content").addObject().put("type", "text").put("text", talk.answer());
    body.put("stop_reason", "end_turn").putNull("stop_sequence");
    body.set("usage", usage(talk, output(talk)));
    return body.toString();
  }

  private static String stream(Talk talk) {
    ObjectNode start = Json.object().put("type", "message_start");
    ObjectNode message = head(talk);
    message.putArray("content");
    message.putNull("stop_reason").putNull("stop_sequence");
    message.set("usage", usage(talk, 1));
    start.set("message", message);
    StringBuilder events = new StringBuilder(Json.namedEvent(start));
    ObjectNode block = Json.object().put("type", "content_block_start").put("index", 0);
    block.putObject("content_block").put("type", "text").put("text", "");
    events.append(Json.namedEvent(block));
    for (String chunk : Json.chunks(talk.answer())) {
      ObjectNode delta = Json.object().put("type", "content_block_delta").put("index", 0);
      delta.putObject("delta").put("type", "text_delta").put("text", chunk);
      events.append(Json.namedEvent(delta));
    }
    events.append(Json.namedEvent(Json.object().put("type", "content_block_stop").put("index", 0)));
    ObjectNode last = Json.object().put("type", "message_delta");
    last.putObject("delta").put("stop_reason", "end_turn").putNull("stop_sequence");
    last.putObject("usage").put("output_tokens", output(talk));
    events.append(Json.namedEvent(last));
    return events.append(Json.namedEvent(Json.object().put("type", "message_stop"))).toString();
  }

  private static ObjectNode usage(Talk talk, long output) {
    long input = talk.tokens(PROVIDER, talk.system()) + talk.tokens(PROVIDER, talk.question());
    return Json.object()
        .put("input_tokens", input)
        .put("cache_creation_input_tokens", 0)
        .put("cache_read_input_tokens", 0)
        .put("output_tokens", output);
  }

  private static long output(Talk talk) {
    return talk.tokens(PROVIDER, talk.answer());
  }
}
