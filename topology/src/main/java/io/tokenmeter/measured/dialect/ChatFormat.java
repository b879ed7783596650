package io.tokenmeter.measured.dialect;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that a chat's format costs beside its strings.
 *
 * <p>Source of the figures for messages: OpenAI's cookbook, "How to count tokens with tiktoken",
 * section 6. The others aren't published; they were fitted to recorded exchanges, in which they
 * hold to the token for messages and to a few tokens for functions: reasoning models prime the
 * answer with a token less, GPT-5 names the channel of an earlier answer (2), and explains to a
 * chat's functions which channel they are called in (80); calls that were made together are
 * wrapped.
 *
 * @param perMessage for each message, beside its role and content
 * @param perName for a name
 * @param perAnswer for an earlier answer, beside what any message costs
 * @param primer to begin the answer
 * @param tools for all definitions of functions together, beside their text
 * @param perFunction for each definition, beside its text
 */
record ChatFormat(
    int perMessage, int perName, int perAnswer, int primer, int tools, int perFunction) {
  /** For a function call of an earlier answer, beside name and arguments. */
  static final int SINGLE_CALL = 8;

  /** For several calls that were made together, and for each of them. */
  static final int CALLS_TOGETHER = 7;

  static final int CALL_TOGETHER = 12;

  /** Less, where definitions join a system message. */
  static final int TOOLS_BESIDE_SYSTEM = 4;

  private static final ChatFormat CURRENT = new ChatFormat(3, 1, 0, 3, 9, 0);
  private static final ChatFormat OF_RESPONSES = new ChatFormat(3, 1, 0, 3, 3, 0);
  private static final ChatFormat OF_GPT_4 = new ChatFormat(3, 1, 0, 3, 9, -3);
  private static final ChatFormat OF_MARCH_2023 = new ChatFormat(4, -1, 0, 3, 9, 0);
  private static final ChatFormat REASONING = new ChatFormat(3, 1, 0, 2, 9, 0);
  private static final ChatFormat GPT_5 = new ChatFormat(3, 1, 2, 2, 9, 0);
  private static final ChatFormat GPT_5_CHAT = new ChatFormat(3, 1, 2, 2, 89, 0);

  /**
   * Tokens that end an answer's text, beside the text; fitted: responses end with a token, and
   * GPT-5 counts how it names its channel, too.
   */
  static int ending(@Nullable String model, boolean responses) {
    String name = bare(model);
    if (!name.startsWith("gpt-5")) {
      return responses ? 1 : 0;
    }
    boolean first = !name.startsWith("gpt-5.");
    return responses ? (first ? 6 : 4) : first ? 9 : 3;
  }

  private static String bare(@Nullable String model) {
    String name = model == null ? "" : model.toLowerCase(Locale.ROOT);
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /**
   * The format of a model, current where the model is unknown.
   *
   * @param responses it is asked by OpenAI's responses, not by a chat
   */
  static ChatFormat of(@Nullable String model, boolean responses) {
    String name = bare(model);
    if (name.startsWith("gpt-5")) {
      return responses ? GPT_5 : GPT_5_CHAT;
    }
    if (name.startsWith("o1") || name.startsWith("o3") || name.startsWith("o4")) {
      return REASONING;
    }
    if (name.equals("gpt-3.5-turbo-0301")) {
      return OF_MARCH_2023;
    }
    boolean gpt4 = name.equals("gpt-4") || name.startsWith("gpt-4-0");
    return responses ? OF_RESPONSES : gpt4 ? OF_GPT_4 : CURRENT;
  }
}
