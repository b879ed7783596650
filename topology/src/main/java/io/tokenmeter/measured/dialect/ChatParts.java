package io.tokenmeter.measured.dialect;

import io.tokenmeter.measured.count.TextCounter;

/** What a chat's format adds to the tokens of its strings. */
public final class ChatParts {
  private int messages;
  private int names;
  private int answers;
  private int callsTogether;
  private long callTokens;
  private boolean system;
  private int functions;
  private boolean schema;
  private boolean choiceNone;
  private String chosen = "";

  /** A message begins. */
  public void message() {
    closeCalls();
    messages++;
  }

  /** A message that names its author. */
  public void name() {
    names++;
  }

  /** A message is an earlier answer. */
  public void answer() {
    answers++;
  }

  /** A call of a function that an earlier answer made; those of one message were made together. */
  public void call() {
    callsTogether++;
  }

  /** There is a system or developer message. */
  public void system() {
    system = true;
  }

  /** A definition of a function. */
  public void function() {
    functions++;
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
    closeCalls();
    return functions > 0 || schema || callTokens > 0;
  }

  long tokens(ChatFormat format, TextCounter counter) {
    closeCalls();
    if (messages == 0 && functions == 0) {
      return 0;
    }
    long count = format.primer() + callTokens;
    count += (long) messages * format.perMessage();
    count += (long) names * format.perName();
    count += (long) answers * format.perAnswer();
    if (functions > 0) {
      count += format.tools() + (long) functions * format.perFunction();
      count -= system ? ChatFormat.TOOLS_BESIDE_SYSTEM : 0;
      count += choiceNone ? 1 : 0;
      count += chosen.isEmpty() ? 0 : 7 + counter.count(chosen);
    }
    return count;
  }

  private void closeCalls() {
    if (callsTogether == 1) {
      callTokens += ChatFormat.SINGLE_CALL;
    } else if (callsTogether > 1) {
      callTokens += ChatFormat.CALLS_TOGETHER + (long) callsTogether * ChatFormat.CALL_TOGETHER;
    }
    callsTogether = 0;
  }
}
