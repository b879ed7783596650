package io.tokenmeter.app.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** OpenAI's chat completions, JSON and streamed. */
final class OpenAiChat {
  private static final String PROVIDER = "openai";

  private OpenAiChat() {}

  static Exchanged exchange(Talk talk) {
    ObjectNode request = Json.object().put("model", talk.model());
    request
        .putArray("messages")
        .add(Json.message("system", talk.system()))
        .add(Json.message("user", talk.question()));
    if (talk.stream()) {
      request.put("stream", true).putObject("stream_options").put("include_usage", true);
    }
    return new Exchanged(
        PROVIDER,
        "/v1/chat/completions",
        request.toString(),
        200,
        talk.stream() ? "text/event-stream; charset=utf-8" : "application/json",
        talk.stream() ? stream(talk) : answer(talk));
  }

  private static String answer(Talk talk) {
    ObjectNode body = head(talk, "chat.completion");
    ObjectNode choice = body.putArray("choices").addObject().put("index", 0);
    choice.set("message", Json.message("assistant", talk.answer()));
    choice.put("finish_reason", "stop");
    body.set("usage", usage(talk));
    return body.toString();
  }

  private static String stream(Talk talk) {
    StringBuilder events = new StringBuilder();
    events.append(Json.event(delta(talk, Json.message("assistant", ""), null)));
    for (String chunk : Json.chunks(talk.answer())) {
      events.append(Json.event(delta(talk, Json.object().put("content", chunk), null)));
    }
    events.append(Json.event(delta(talk, Json.object(), "stop")));
    ObjectNode last = head(talk, "chat.completion.chunk");
    last.putArray("choices");
    last.set("usage", usage(talk));
    return events.append(Json.event(last)).append("data: [DONE]\n\n").toString();
  }

  private static ObjectNode delta(Talk talk, ObjectNode delta, @Nullable String finish) {
    ObjectNode chunk = head(talk, "chat.completion.chunk");
    ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
    choice.set("delta", delta);
    choice.put("finish_reason", finish);
    return chunk;
  }

  private static ObjectNode head(Talk talk, String object) {
    return Json.object()
        .put("id", "chatcmpl-" + talk.callId())
        .put("object", object)
        .put("created", talk.createdSeconds())
        .put("model", talk.model().toLowerCase(Locale.ROOT));
  }

  /** Each message costs 3 tokens and its role and text; the answer's beginning costs 3. */
  private static ObjectNode usage(Talk talk) {
    long input =
        2 * (3 + 1)
            + 3
            + talk.tokens(PROVIDER, talk.system())
            + talk.tokens(PROVIDER, talk.question());
    long output = talk.tokens(PROVIDER, talk.answer());
    ObjectNode usage =
        Json.object()
            .put("prompt_tokens", input)
            .put("completion_tokens", output)
            .put("total_tokens", input + output);
    usage.putObject("prompt_tokens_details").put("cached_tokens", 0);
    usage.putObject("completion_tokens_details").put("reasoning_tokens", 0);
    return usage;
  }
}
