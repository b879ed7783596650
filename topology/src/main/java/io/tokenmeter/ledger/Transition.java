package io.tokenmeter.ledger;

import java.util.List;
import java.util.Map;

/**
 * What an entry comes to.
 *
 * @param account the account after it; the very same object when nothing about it changed
 * @param remember what to store, under which key, in place of what was there
 * @param schedule what to look at again
 * @param postings what moved the balance, in order
 * @param outputs what to publish, in order
 */
public record Transition(
    Account account,
    Map<StateKey, Remembered> remember,
    List<Due> schedule,
    List<Posting> postings,
    List<Output> outputs) {
  public Transition {
    remember = Map.copyOf(remember);
    schedule = List.copyOf(schedule);
    postings = List.copyOf(postings);
    outputs = List.copyOf(outputs);
  }
}
