package io.tokenmeter.app.demo;

import java.util.List;
import java.util.Random;

/** Models that the demo's price book has a price for, as their providers name them. */
final class DemoModels {
  private static final List<String> CHAT =
      List.of("gpt-4.1", "gpt-4.1-mini", "gpt-4o", "gpt-4o-mini");
  private static final List<String> CLAUDE = List.of("claude-sonnet-4-5", "claude-haiku-4-5");
  private static final List<String> EMBEDDING =
      List.of("text-embedding-3-small", "text-embedding-3-large");

  private DemoModels() {}

  static String pick(Random random, Protocol protocol) {
    List<String> models =
        switch (protocol) {
          case OPENAI_CHAT, OPENAI_RESPONSES, OPENAI_COMPLETIONS -> CHAT;
          case OPENAI_EMBEDDINGS -> EMBEDDING;
          case ANTHROPIC_MESSAGES -> CLAUDE;
        };
    return models.get(random.nextInt(models.size()));
  }
}
