package io.tokenmeter.raw;

/**
 * Thrown where an invalid value would come into being; caught once, where the stage turns it into a
 * {@link Rejected}. The message names the value, what is allowed and the next step, and never holds
 * text of a body.
 */
public final class InvalidRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final Rejection code;

  public InvalidRecordException(Rejection code, String message) {
    // No stack trace: it is control flow at the border, and hostile input must stay cheap.
    super(message, null, false, false);
    this.code = code;
  }

  public Rejection code() {
    return code;
  }
}
