package io.tokenmeter.ledger;

/**
 * A command, unique within its organisation: the same command sent again has the same one.
 *
 * @param value 1 to 200 characters without control characters or white space at either end
 */
public record CommandId(String value) {
  public CommandId {
    Valid.id("command_id", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
