package io.tokenmeter.app.demo;

/** Puts a talk on the wire as one provider's API does. */
enum Protocol {
  OPENAI_CHAT {
    @Override
    Exchanged exchange(Talk talk) {
      return OpenAiChat.exchange(talk);
    }
  },
  OPENAI_RESPONSES {
    @Override
    Exchanged exchange(Talk talk) {
      return OpenAiResponses.exchange(talk);
    }
  },
  OPENAI_EMBEDDINGS {
    @Override
    Exchanged exchange(Talk talk) {
      return OpenAiTexts.embeddings(talk);
    }
  },
  OPENAI_COMPLETIONS {
    @Override
    Exchanged exchange(Talk talk) {
      return OpenAiTexts.completions(talk);
    }
  },
  ANTHROPIC_MESSAGES {
    @Override
    Exchanged exchange(Talk talk) {
      return AnthropicMessages.exchange(talk);
    }
  };

  abstract Exchanged exchange(Talk talk);

  /** A refusal in the provider's own words. */
  Exchanged refuse(Talk talk, int status, String type, String message) {
    var body = Json.object();
    if (this == ANTHROPIC_MESSAGES) {
      body.put("type", "error");
    }
    body.putObject("error").put("type", type).put("message", message);
    return exchange(talk).refused(status, body.toString());
  }
}
