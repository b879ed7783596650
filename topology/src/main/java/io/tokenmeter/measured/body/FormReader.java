package io.tokenmeter.measured.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The parts of a {@code multipart/form-data} body (RFC 7578). The boundary is taken from the body's
 * first line, so that a record that lost its content type's parameters is read all the same.
 */
public final class FormReader {
  /** Longer values are files, whatever they call themselves. */
  private static final int MAX_VALUE = 64 << 10;

  /**
   * A part.
   *
   * @param name the field's name
   * @param file whether it is a file
   * @param value the field's text; empty of a file
   * @param length bytes of the value or file
   */
  public record Part(String name, boolean file, String value, int length) {
    /** The value as a whole number; empty when it is none. */
    public Optional<Long> whole() {
      return value.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(value)) : Optional.empty();
    }
  }

  private FormReader() {}

  /** Whether it begins as a form does. */
  public static boolean looksLike(byte[] bytes, int from, int to) {
    return to - from > 4 && bytes[from] == '-' && bytes[from + 1] == '-';
  }

  /** Hands each part of {@code bytes[from, to)} to the sink; what isn't a part is passed over. */
  public static void read(byte[] bytes, int from, int to, Consumer<Part> sink) {
    int line = from;
    while (line < to && bytes[line] != '\r' && bytes[line] != '\n') {
      line++;
    }
    if (!looksLike(bytes, from, to) || line - from > 200) {
      return;
    }
    byte[] boundary = new byte[line - from];
    System.arraycopy(bytes, from, boundary, 0, boundary.length);
    int start = line;
    while (start < to) {
      int end = indexOf(bytes, start, to, boundary);
      int stop = end < 0 ? to : end;
      part(bytes, start, stop, sink);
      start = end < 0 ? to : end + boundary.length;
    }
  }

  private static void part(byte[] bytes, int from, int to, Consumer<Part> sink) {
    byte[] crlf = {'\r', '\n', '\r', '\n'};
    byte[] lf = {'\n', '\n'};
    int blank = indexOf(bytes, from, to, crlf);
    int value = blank + 4;
    if (blank < 0) {
      blank = indexOf(bytes, from, to, lf);
      value = blank + 2;
    }
    if (blank < 0 || blank - from > 4096) {
      return;
    }
    String head = new String(bytes, from, blank - from, ISO_8859_1);
    String name = quoted(head, "name=\"");
    int end = to;
    end -= end > value && bytes[end - 1] == '\n' ? 1 : 0;
    end -= end > value && bytes[end - 1] == '\r' ? 1 : 0;
    boolean file = head.toLowerCase(Locale.ROOT).contains("filename=") || end - value > MAX_VALUE;
    if (!name.isEmpty()) {
      String text = file ? "" : new String(bytes, value, end - value, UTF_8);
      sink.accept(new Part(name, file, text, end - value));
    }
  }

  private static String quoted(String head, String key) {
    int at = head.indexOf(" " + key);
    int from = at + 1 + key.length();
    int to = at < 0 ? -1 : head.indexOf('"', from);
    return to < 0 ? "" : head.substring(from, to);
  }

  private static int indexOf(byte[] bytes, int from, int to, byte[] wanted) {
    int last = to - wanted.length;
    for (int i = from; i <= last; i++) {
      int k = 0;
      while (k < wanted.length && bytes[i + k] == wanted[k]) {
        k++;
      }
      if (k == wanted.length) {
        return i;
      }
    }
    return -1;
  }
}
