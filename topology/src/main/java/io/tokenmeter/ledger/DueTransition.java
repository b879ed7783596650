package io.tokenmeter.ledger;

import java.util.List;

/**
 * What a due time comes to. The due itself is done with in any case.
 *
 * @param forget whether to remove what is stored under the due's key
 * @param outputs what to publish: a {@link JournalReminder} or nothing
 */
public record DueTransition(boolean forget, List<Output> outputs) {
  static final DueTransition NOTHING = new DueTransition(false, List.of());

  public DueTransition {
    outputs = List.copyOf(outputs);
  }
}
