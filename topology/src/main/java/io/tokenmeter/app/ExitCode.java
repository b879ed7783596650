package io.tokenmeter.app;

/** What a command tells the shell. */
public enum ExitCode {
  FINE(0),
  /** It ran, and what it looked at is not as it should be. */
  CHECK_FAILED(1),
  /** The command line or a file is wrong. */
  WRONG_USAGE(2),
  /** Something that it needs can't be reached or isn't there. */
  UNREACHABLE(3);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** As the shell sees it. */
  public int number() {
    return number;
  }
}
