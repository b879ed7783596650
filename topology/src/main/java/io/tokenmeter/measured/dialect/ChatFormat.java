package io.tokenmeter.measured.dialect;

import org.jspecify.annotations.Nullable;

/**
 * Tokens that a chat's format costs beside its strings.
 *
 * <p>Source of the figures for messages: OpenAI's cookbook, "How to count tokens with tiktoken",
 * section 6. Those for tools are not published; they were fitted to recorded exchanges.
 *
 * @param perMessage for each message, beside its role and content
 * @param perName for a name
 * @param primer to begin the answer
 * @param perCall for a function call of an earlier answer, beside name and arguments
 * @param tools for all definitions of functions together, beside their text
 * @param toolsBesideSystem less, where the definitions join a system message
 */
record ChatFormat(
    int perMessage, int perName, int primer, int perCall, int tools, int toolsBesideSystem) {
  private static final ChatFormat CURRENT = new ChatFormat(3, 1, 3, 3, 9, 4);
  private static final ChatFormat OF_MARCH_2023 = new ChatFormat(4, -1, 3, 3, 9, 4);

  static ChatFormat of(@Nullable String model) {
    return "gpt-3.5-turbo-0301".equals(model) ? OF_MARCH_2023 : CURRENT;
  }
}
