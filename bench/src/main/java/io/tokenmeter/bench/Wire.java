package io.tokenmeter.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/** Bodies of one exchange as providers write them, around given texts. */
enum Wire {
  OPENAI("openai", "/v1/chat/completions", "gpt-4.1") {
    @Override
    ObjectNode request(String text) {
      ObjectNode body = JSON.createObjectNode().put("model", model());
      int middle = text.length() / 2;
      var messages = body.putArray("messages");
      messages.addObject().put("role", "system").put("content", text.substring(0, middle));
      messages.addObject().put("role", "user").put("content", text.substring(middle));
      return body.put("max_tokens", 1000);
    }

    @Override
    String answer(String text) {
      ObjectNode body = head("chat.completion");
      ObjectNode choice = body.putArray("choices").addObject().put("index", 0);
      choice.putObject("message").put("role", "assistant").put("content", text);
      choice.put("finish_reason", "stop");
      usage(body, text);
      return body.toString();
    }

    @Override
    String stream(String text) {
      StringBuilder events = new StringBuilder();
      for (int from = 0; from < text.length(); from += CHUNK) {
        ObjectNode event = head("chat.completion.chunk");
        ObjectNode choice = event.putArray("choices").addObject().put("index", 0);
        choice.putObject("delta").put("content", chunk(text, from));
        events.append("data: ").append(event).append("\n\n");
      }
      ObjectNode last = head("chat.completion.chunk");
      last.putArray("choices");
      usage(last, text);
      return events.append("data: ").append(last).append("\n\ndata: [DONE]\n\n").toString();
    }

    private ObjectNode head(String object) {
      return JSON.createObjectNode()
          .put("id", "chatcmpl-BenchBenchBenchBenchBench0")
          .put("object", object)
          .put("created", 1_767_225_600)
          .put("model", model());
    }

    private void usage(ObjectNode body, String text) {
      long tokens = text.length() / CHUNK;
      body.putObject("usage")
          .put("prompt_tokens", 2 * tokens)
          .put("completion_tokens", tokens)
          .put("total_tokens", 3 * tokens);
    }
  },

  ANTHROPIC("anthropic", "/v1/messages", "claude-sonnet-4-5") {
    @Override
    ObjectNode request(String text) {
      ObjectNode body = JSON.createObjectNode().put("model", model()).put("max_tokens", 1000);
      int middle = text.length() / 2;
      body.put("system", text.substring(0, middle));
      body.putArray("messages")
          .addObject()
          .put("role", "user")
          .put("content", text.substring(middle));
      return body;
    }

    @Override
    String answer(String text) {
      ObjectNode body = message();
      body.putArray("content").addObject().put("type", "text").put("text", text);
      usage(body, text);
      return body.put("stop_reason", "end_turn").toString();
    }

    @Override
    String stream(String text) {
      StringBuilder events = new StringBuilder();
      ObjectNode start = JSON.createObjectNode().put("type", "message_start");
      ObjectNode message = message();
      usage(message, text);
      start.set("message", message);
      event(events, start);
      for (int from = 0; from < text.length(); from += CHUNK) {
        ObjectNode event = JSON.createObjectNode().put("type", "content_block_delta");
        event.put("index", 0);
        event.putObject("delta").put("type", "text_delta").put("text", chunk(text, from));
        event(events, event);
      }
      ObjectNode last = JSON.createObjectNode().put("type", "message_delta");
      last.putObject("delta").put("stop_reason", "end_turn");
      last.putObject("usage").put("output_tokens", text.length() / CHUNK);
      event(events, last);
      event(events, JSON.createObjectNode().put("type", "message_stop"));
      return events.toString();
    }

    private ObjectNode message() {
      return JSON.createObjectNode()
          .put("id", "msg_bench")
          .put("type", "message")
          .put("role", "assistant")
          .put("model", model());
    }

    private void usage(ObjectNode body, String text) {
      long tokens = text.length() / CHUNK;
      body.putObject("usage").put("input_tokens", 2 * tokens).put("output_tokens", tokens);
    }

    private void event(StringBuilder events, ObjectNode event) {
      events
          .append("event: ")
          .append(event.get("type").asText())
          .append("\ndata: ")
          .append(event)
          .append("\n\n");
    }
  },

  GEMINI("google", "/v1beta/models/gemini-2.5-flash:generateContent", "gemini-2.5-flash") {
    @Override
    ObjectNode request(String text) {
      ObjectNode body = JSON.createObjectNode();
      contents(body.putArray("contents").addObject(), "user", text);
      return body;
    }

    @Override
    String answer(String text) {
      return part(text).toString();
    }

    @Override
    String stream(String text) {
      StringBuilder events = new StringBuilder();
      for (int from = 0; from < text.length(); from += CHUNK) {
        events.append("data: ").append(part(chunk(text, from))).append("\r\n\r\n");
      }
      return events.toString();
    }

    private ObjectNode part(String text) {
      ObjectNode body = JSON.createObjectNode();
      ObjectNode candidate = body.putArray("candidates").addObject();
      contents(candidate.putObject("content"), "model", text);
      candidate.put("finishReason", "STOP").put("index", 0);
      long tokens = text.length() / CHUNK;
      body.putObject("usageMetadata")
          .put("promptTokenCount", 2 * tokens)
          .put("candidatesTokenCount", tokens)
          .put("totalTokenCount", 3 * tokens);
      return body.put("modelVersion", model());
    }

    private void contents(ObjectNode content, String role, String text) {
      content.put("role", role).putArray("parts").addObject().put("text", text);
    }
  };

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Characters of a stream's event: about a token. */
  private static final int CHUNK = 4;

  private final String provider;
  private final String path;
  private final String model;

  Wire(String provider, String path, String model) {
    this.provider = provider;
    this.path = path;
    this.model = model;
  }

  String provider() {
    return provider;
  }

  String path() {
    return path;
  }

  String model() {
    return model;
  }

  abstract ObjectNode request(String text);

  abstract String answer(String text);

  abstract String stream(String text);

  byte[] requestBytes(String text) {
    return request(text).toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String chunk(String text, int from) {
    return text.substring(from, Math.min(text.length(), from + CHUNK));
  }
}
