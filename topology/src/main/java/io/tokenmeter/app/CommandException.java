package io.tokenmeter.app;

/**
 * Ends a command with one line for a person: what is wrong, what was found, what to do next. Thrown
 * anywhere below a command, caught once in {@link Main}.
 */
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final ExitCode exitCode;

  CommandException(ExitCode exitCode, String message) {
    // No stack trace: it is never shown.
    super(message, null, false, false);
    this.exitCode = exitCode;
  }

  /** Ends the command with 2. */
  public static CommandException wrongUsage(String message) {
    return new CommandException(ExitCode.WRONG_USAGE, message);
  }

  /** Ends the command with 3. */
  public static CommandException unreachable(String message) {
    return new CommandException(ExitCode.UNREACHABLE, message);
  }

  /** Ends the command with 1. */
  public static CommandException checkFailed(String message) {
    return new CommandException(ExitCode.CHECK_FAILED, message);
  }

  ExitCode exitCode() {
    return exitCode;
  }
}
