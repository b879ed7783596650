package io.tokenmeter.ledger;

import java.time.Instant;

/**
 * An operator asks for something.
 *
 * @param id the same for every copy of the command
 * @param issuedAt when it was issued; one issued before the horizon is not carried out
 * @param instruction what is asked
 */
public record Command(CommandId id, Instant issuedAt, Instruction instruction) implements Fact {}
