package io.tokenmeter.app.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** OpenAI's responses, JSON and streamed. */
final class OpenAiResponses {
  private static final String PROVIDER = "openai";

  private OpenAiResponses() {}

  static Exchanged exchange(Talk talk) {
    ObjectNode request =
        Json.object()
            .put("model", talk.model())
            .put("instructions", talk.system())
            .put("input", talk.question());
    if (talk.stream()) {
      request.put("stream", true);
    }
    return new Exchanged(
        PROVIDER,
        "/v1/responses",
        request.toString(),
        200,
        talk.stream() ? "text/event-stream; charset=utf-8" : "application/json",
        talk.stream() ? stream(talk) : completed(talk).toString());
  }

  private static ObjectNode head(Talk talk, String status) {
    return Json.object()
        .put("id", "resp_" + talk.callId())
        .put("object", "response")
        .put("created_at", talk.createdSeconds())
        .put("status", status)
        .put("model", talk.model());
  }

  private static ObjectNode completed(Talk talk) {
    ObjectNode body = head(talk, "completed");
    ObjectNode message =
        body.putArray("output")
            .addObject()
            .put("type", "message")
            .put("id", "msg_" + talk.callId())
            .put("status", "completed")
            .put("role", "assistant");
    message
        .putArray("content")
        .addObject()
        .put("type", "output_text")
        .put("text", talk.answer())
        .putArray("annotations");
    body.set("usage", usage(talk));
    return body;
  }

  private static String stream(Talk talk) {
    StringBuilder events = new StringBuilder();
    int sequence = 0;
    ObjectNode created =
        Json.object().put("type", "response.created").put("sequence_number", sequence++);
    created.set("response", head(talk, "in_progress"));
    events.append(Json.namedEvent(created));
    for (String chunk : Json.chunks(talk.answer())) {
      events.append(
          Json.namedEvent(
              Json.object()
                  .put("type", "response.output_text.delta")
                  .put("sequence_number", sequence++)
                  .put("item_id", "msg_" + talk.callId())
                  .put("output_index", 0)
                  .put("content_index", 0)
                  .put("delta", chunk)));
    }
    ObjectNode done =
        Json.object().put("type", "response.completed").put("sequence_number", sequence);
    done.set("response", completed(talk));
    return events.append(Json.namedEvent(done)).toString();
  }

  /** Instructions and input are two messages of the chat format. */
  private static ObjectNode usage(Talk talk) {
    long input =
        2 * (3 + 1)
            + 3
            + talk.tokens(PROVIDER, talk.system())
            + talk.tokens(PROVIDER, talk.question());
    long output = talk.tokens(PROVIDER, talk.answer());
    ObjectNode usage = Json.object().put("input_tokens", input);
    usage.putObject("input_tokens_details").put("cached_tokens", 0);
    usage.put("output_tokens", output);
    usage.putObject("output_tokens_details").put("reasoning_tokens", 0);
    return usage.put("total_tokens", input + output);
  }
}
