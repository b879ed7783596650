package io.tokenmeter.query;

/** Thrown where a request can't be answered; caught once, where it becomes the answer. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final ProblemCode code;

  public ProblemException(ProblemCode code, String detail) {
    // No stack trace: it is control flow at the border, and a bad request must stay cheap.
    super(detail, null, false, false);
    this.code = code;
  }

  public Problem problem() {
    return new Problem(code, String.valueOf(getMessage()));
  }
}
