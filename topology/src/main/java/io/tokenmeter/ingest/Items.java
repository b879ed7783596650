package io.tokenmeter.ingest;

import io.tokenmeter.raw.InvalidRecordException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The items of a batch, read one by one. */
public interface Items {
  /**
   * Reads the next item.
   *
   * @return empty at the end
   * @throws IOException when the source fails
   * @throws InvalidRecordException when the rest can't be told apart into items
   */
  Optional<Item> next() throws IOException;

  /** An object a line (NDJSON); a line that is none is refused alone. Empty lines are ignored. */
  static Items lines(InputStream source) {
    return new LineItems(source);
  }

  /** One object, or an array of them. */
  static Items json(InputStream source) throws IOException {
    return new ArrayItems(source);
  }
}
