package io.tokenmeter.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a batch.
 *
 * @param accepted items that the brokers have for good
 * @param refused items that can't be published
 * @param refusals why, of each of them, in order
 */
record IngestView(int accepted, int refused, List<Refusal> refusals) {
  /**
   * Why an item was refused.
   *
   * @param index its place in the batch, from 0
   * @param id its own; null when it couldn't be read
   * @param code why, for machines; as in a dead letter's header
   * @param detail why, for people
   */
  record Refusal(int index, @Nullable String id, String code, String detail) {}

  IngestView {
    refusals = List.copyOf(refusals);
  }
}
