package io.tokenmeter.app;

import io.tokenmeter.ledger.Command;
import io.tokenmeter.ledger.CommandId;
import io.tokenmeter.ledger.Instruction;
import io.tokenmeter.rated.Amount;
import io.tokenmeter.raw.InvalidRecordException;
import io.tokenmeter.raw.OrgId;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import java.util.function.Supplier;

/** Sends what an operator asks of the ledger. */
final class Operator {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private Operator() {}

  /** Sends one command under an id. */
  static void send(TokenmeterConfig config, String org, String commandId, Instruction instruction) {
    OrgId orgId = checked(() -> new OrgId(org));
    Command command =
        checked(() -> new Command(new CommandId(commandId), Instant.now(), instruction));
    new Surroundings(config, PATIENCE).await();
    try (Publisher publisher = new Publisher(config)) {
      publisher.send(orgId, command);
      publisher.flush();
    }
  }

  /** An id that nobody else has. */
  static String freshId() {
    return UUID.randomUUID().toString();
  }

  /** What is asked for, or what is wrong with it. */
  static <T> T checked(Supplier<T> value) {
    try {
      return value.get();
    } catch (InvalidRecordException e) {
      throw CommandException.wrongUsage(String.valueOf(e.getMessage()));
    }
  }

  static Amount amount(String name, String text) {
    try {
      return Amount.of(text);
    } catch (NumberFormatException e) {
      throw CommandException.wrongUsage(
          name + " is " + text + "; a decimal such as 12.5 is allowed");
    } catch (ArithmeticException e) {
      throw CommandException.wrongUsage(name + " is " + text + ": " + e.getMessage());
    }
  }

  static Instant instant(String name, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw CommandException.wrongUsage(
          name + " is " + text + "; an instant such as 2027-01-31T00:00:00Z is allowed");
    }
  }
}
