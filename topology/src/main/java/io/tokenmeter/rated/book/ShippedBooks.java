package io.tokenmeter.rated.book;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The books that come with Tokenmeter: the folder {@code books/} of the repository. */
public final class ShippedBooks {
  /** Their names, in order. */
  public static final List<String> NAMES = List.of("gilas", "gptbots", "openai-2023", "rahiana");

  private ShippedBooks() {}

  /**
   * A book's text.
   *
   * @param name one of {@link #NAMES}
   * @throws IllegalArgumentException when none of that name is shipped
   */
  public static String yaml(String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "no book '" + name + "' is shipped; there are " + String.join(", ", NAMES));
    }
    try (InputStream in = ShippedBooks.class.getResourceAsStream("/books/" + name + ".yaml")) {
      if (in == null) {
        throw new IllegalStateException("books/" + name + ".yaml is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** A book, read and checked; see {@link #yaml}. */
  public static PriceBook read(String name) {
    return PriceBook.parse(yaml(name));
  }
}
