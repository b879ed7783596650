package io.tokenmeter.ingest;

import io.tokenmeter.raw.Rejection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of one item of a batch. */
public sealed interface Item {
  /** Its place in the batch, from 0. */
  int index();

  /**
   * It can be published.
   *
   * @param id its own
   * @param records of it: two of an exchange, one of anything else
   */
  record Taken(int index, String id, List<RawRecord> records) implements Item {
    public Taken {
      records = List.copyOf(records);
    }
  }

  /**
   * It can't.
   *
   * @param id its own; null where that can't be read
   * @param code why, for machines; as in a dead letter's header
   * @param message why, for people: the value, what is allowed, the next step; no body text
   */
  record Refused(int index, @Nullable String id, Rejection code, String message) implements Item {}
}
