package io.tokenmeter.ledger;

import java.util.Optional;

/** What is stored of an organisation's ids. */
@FunctionalInterface
public interface Memory {
  /** What is stored under a key, forgotten by rule or not; empty when nothing is. */
  Optional<Remembered> recall(StateKey key);
}
