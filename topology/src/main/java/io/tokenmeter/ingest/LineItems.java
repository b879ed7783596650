package io.tokenmeter.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.tokenmeter.raw.Rejection;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Items a line each. Holds one line at a time. */
final class LineItems implements Items {
  private static final JsonFactory JSON = ItemReader.factory();
  private static final int CHUNK_BYTES = 64 << 10;

  private final InputStream source;
  private byte[] bytes = new byte[CHUNK_BYTES];

  /** Of the line that is to be read next. */
  private int from;

  private int to;
  private boolean ended;
  private int index;

  LineItems(InputStream source) {
    this.source = source;
  }

  @Override
  public Optional<Item> next() throws IOException {
    int scanned = from;
    while (true) {
      int end = indexOfNewline(scanned);
      if (end >= 0 || ended) {
        int lineEnd = end < 0 ? to : end;
        int lineFrom = from;
        from = end < 0 ? to : end + 1;
        scanned = from;
        if (!isBlank(lineFrom, lineEnd)) {
          return Optional.of(item(lineFrom, lineEnd));
        }
        if (end < 0) {
          return Optional.empty();
        }
      } else {
        int read = to - from;
        fill();
        scanned = from + read;
      }
    }
  }

  private Item item(int lineFrom, int lineEnd) throws IOException {
    int at = index++;
    try (JsonParser parser = JSON.createParser(bytes, lineFrom, lineEnd - lineFrom)) {
      parser.nextToken();
      Item item = ItemReader.read(parser, at);
      if (parser.nextToken() == null) {
        return item;
      }
    } catch (JsonProcessingException e) {
      // Said below; the parser's own words would hold text of a body.
    }
    return new Item.Refused(
        at, null, Rejection.UNREADABLE, "the line is no JSON object; send one a line");
  }

  private int indexOfNewline(int scanned) {
    for (int i = scanned; i < to; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private boolean isBlank(int lineFrom, int lineEnd) {
    for (int i = lineFrom; i < lineEnd; i++) {
      if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  /** Reads on, with what is left of the present line at the beginning. */
  private void fill() throws IOException {
    int left = to - from;
    byte[] target = left > bytes.length / 2 ? new byte[bytes.length * 2] : bytes;
    System.arraycopy(bytes, from, target, 0, left);
    bytes = target;
    from = 0;
    to = left;
    int read = source.read(bytes, to, bytes.length - to);
    if (read < 0) {
      ended = true;
    } else {
      to += read;
    }
  }
}
