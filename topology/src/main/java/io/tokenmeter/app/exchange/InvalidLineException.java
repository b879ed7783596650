package io.tokenmeter.app.exchange;

/** A line of a file that is no exchange; the message names the line, what is wrong and no text. */
public final class InvalidLineException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final long line;

  InvalidLineException(long line, String what) {
    super("line " + line + ": " + what, null, false, false);
    this.line = line;
  }

  /** From 1. */
  public long line() {
    return line;
  }
}
