package io.tokenmeter.proof;

/** A fault that can't strike now: the brokers don't answer, or there is nothing to strike. */
final class NotStruckException extends Exception {
  private static final long serialVersionUID = 1L;

  NotStruckException(String message) {
    super(message);
  }
}
