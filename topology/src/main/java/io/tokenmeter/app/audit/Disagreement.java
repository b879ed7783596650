package io.tokenmeter.app.audit;

import io.tokenmeter.raw.Origin;
import java.util.List;

/**
 * Something that doesn't hold.
 *
 * @param what for a person: the organisation, the id, the figures
 * @param where the records that show it; may be empty
 */
public record Disagreement(String what, List<Origin> where) {
  public Disagreement {
    where = List.copyOf(where);
  }

  /** One line. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(what);
    for (Origin place : where) {
      line.append(line.length() == what.length() ? " (" : ", ")
          .append(place.topic())
          .append('-')
          .append(place.partition())
          .append('@')
          .append(place.offset());
    }
    return where.isEmpty() ? what : line.append(')').toString();
  }
}
