package io.tokenmeter.raw;

/**
 * An organisation: who pays. It is the key of everything behind the raw topics.
 *
 * @param value 1 to 200 characters without control characters or white space at either end
 */
public record OrgId(String value) {
  public OrgId {
    Ids.check("org_id", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
