package io.tokenmeter.raw;

/**
 * The id under which a usage is billed once: an exchange's request id or a usage record's id,
 * unique within its organisation.
 *
 * @param value 1 to 200 characters without control characters or white space at either end
 */
public record UsageId(String value) {
  public UsageId {
    Ids.check("request_id or usage_id", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
