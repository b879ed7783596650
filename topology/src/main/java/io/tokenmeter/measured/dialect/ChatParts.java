package io.tokenmeter.measured.dialect;

import io.tokenmeter.measured.count.TextCounter;

/** What a chat's format adds to the tokens of its strings. */
public final class ChatParts {
  private int messages;
  private int names;
  private int calls;
  private boolean system;
  private boolean tools;
  private boolean schema;
  private boolean choiceNone;
  private String chosen = "";

  /** A message. */
  public void message() {
    messages++;
  }

  /** A message that names its author. */
  public void name() {
    names++;
  }

  /** A call of a function that an earlier answer made. */
  public void call() {
    calls++;
  }

  /** There is a system or developer message. */
  public void system() {
    system = true;
  }

  /** There are definitions of functions. */
  public void tools() {
    tools = true;
  }

  /** There is a schema that the answer must fit. */
  public void schema() {
    schema = true;
  }

  /** No function may be called. */
  public void chooseNone() {
    choiceNone = true;
  }

  /** This function must be called. */
  public void choose(String function) {
    chosen = function;
  }

  /** Whether how the provider writes it down is a reconstruction, not published. */
  boolean reconstructed() {
    return tools || schema || calls > 0;
  }

  long tokens(ChatFormat format, TextCounter counter) {
    if (messages == 0 && !tools) {
      return 0;
    }
    long count = format.primer();
    count += (long) messages * format.perMessage() + (long) names * format.perName();
    count += (long) calls * format.perCall();
    if (tools) {
      count += format.tools() - (system ? format.toolsBesideSystem() : 0);
    }
    count += tools && choiceNone ? 1 : 0;
    count += chosen.isEmpty() ? 0 : 7 + counter.count(chosen);
    return count;
  }
}
