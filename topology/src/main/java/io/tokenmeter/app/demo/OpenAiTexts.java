package io.tokenmeter.app.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** OpenAI's calls on plain text: embeddings and the older completions. */
final class OpenAiTexts {
  private static final String PROVIDER = "openai";

  private OpenAiTexts() {}

  static Exchanged embeddings(Talk talk) {
    ObjectNode request = Json.object().put("model", talk.model()).put("encoding_format", "base64");
    request.putArray("input").add(talk.system()).add(talk.question());
    long input = talk.tokens(PROVIDER, talk.system()) + talk.tokens(PROVIDER, talk.question());
    ObjectNode body = Json.object().put("object", "list").put("model", talk.model());
    String vector =
        Base64.getEncoder().encodeToString(talk.callId().getBytes(StandardCharsets.US_ASCII));
    var data = body.putArray("data");
    for (int i = 0; i < 2; i++) {
      data.addObject().put("object", "embedding").put("index", i).put("embedding", vector);
    }
    body.putObject("usage").put("prompt_tokens", input).put("total_tokens", input);
    return exchanged("/v1/embeddings", request, body);
  }

  static Exchanged completions(Talk talk) {
    ObjectNode request =
        Json.object()
            .put("model", talk.model())
            .put("prompt", talk.question())
            .put("max_tokens", 400);
    long input = talk.tokens(PROVIDER, talk.question());
    long output = talk.tokens(PROVIDER, talk.answer());
    ObjectNode body =
        Json.object()
            .put("id", "cmpl-" + talk.callId())
            .put("object", "text_completion")
            .put("created", talk.createdSeconds())
            .put("model", talk.model());
    body.putArray("choices")
        .addObject()
        .put("index", 0)
        .put("text", talk.answer())
        .put("finish_reason", "stop");
    body.putObject("usage")
        .put("prompt_tokens", input)
        .put("completion_tokens", output)
        .put("total_tokens", input + output);
    return exchanged("/v1/completions", request, body);
  }

  private static Exchanged exchanged(String path, ObjectNode request, ObjectNode body) {
    return new Exchanged(
        PROVIDER, path, request.toString(), 200, "application/json", body.toString());
  }
}
