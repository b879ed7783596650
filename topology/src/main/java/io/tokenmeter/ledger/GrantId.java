package io.tokenmeter.ledger;

/**
 * A grant, unique within its organisation and remembered for ever.
 *
 * @param value 1 to 200 characters without control characters or white space at either end
 */
public record GrantId(String value) {
  public GrantId {
    Valid.id("grant_id", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
