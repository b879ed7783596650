package io.tokenmeter.raw;

/** What every identifier has in common. */
final class Ids {
  static final int MAX_LENGTH = 200;

  private Ids() {}

  static void check(String field, String value) {
    if (value.isEmpty()) {
      throw new InvalidRecordException(
          Rejection.MISSING_ID, field + " is empty; set it to 1 to " + MAX_LENGTH + " characters");
    }
    if (value.length() > MAX_LENGTH) {
      throw new InvalidRecordException(
          Rejection.INVALID_ID,
          field + " has " + value.length() + " characters; at most " + MAX_LENGTH + " are allowed");
    }
    if (!value.strip().equals(value) || value.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidRecordException(
          Rejection.INVALID_ID,
          field + " holds control characters or begins or ends with white space; remove them");
    }
  }
}
