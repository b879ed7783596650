package io.tokenmeter.ledger;

/**
 * A quota, unique within its organisation.
 *
 * @param value 1 to 200 characters without control characters or white space at either end
 */
public record QuotaId(String value) {
  public QuotaId {
    Valid.id("quota_id", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
