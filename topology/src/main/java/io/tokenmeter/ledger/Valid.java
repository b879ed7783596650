package io.tokenmeter.ledger;

import io.tokenmeter.rated.Amount;
import io.tokenmeter.raw.InvalidRecordException;
import io.tokenmeter.raw.Rejection;
import java.math.BigDecimal;

/** What the fields of commands have in common: each check names value, limit and next step. */
final class Valid {
  /** Far above any real grant, far below what a 38-digit decimal on the wire can hold. */
  static final Amount LARGEST = new Amount(new BigDecimal("1000000000000000"));

  private static final int ID_LENGTH = 200;

  private Valid() {}

  static void id(String field, String value) {
    if (value.isEmpty() || value.length() > ID_LENGTH) {
      throw invalid(
          field + " has " + value.length() + " characters; 1 to " + ID_LENGTH + " are allowed");
    }
    if (!value.strip().equals(value) || value.chars().anyMatch(Character::isISOControl)) {
      throw invalid(
          field + " holds control characters or begins or ends with white space; remove them");
    }
  }

  static void above0(String field, Amount value) {
    if (value.signum() <= 0 || value.compareTo(LARGEST) > 0) {
      throw invalid(field + " is " + value + "; above 0 and up to " + LARGEST + " is allowed");
    }
  }

  static void atLeast0(String field, Amount value) {
    if (value.signum() < 0 || value.compareTo(LARGEST) > 0) {
      throw invalid(field + " is " + value + "; 0 to " + LARGEST + " is allowed");
    }
  }

  static InvalidRecordException invalid(String message) {
    return new InvalidRecordException(Rejection.INVALID_COMMAND, message);
  }
}
