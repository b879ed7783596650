package io.tokenmeter.rated.book;

import java.util.List;

/**
 * A book made of somebody else's prices, to be reviewed before it is published.
 *
 * @param book what could be read
 * @param leftOut what couldn't, as {@code model: field}; a price that is left out is missing, so
 *     usage that needs it waits
 */
public record Imported(PriceBook book, List<String> leftOut) {
  public Imported {
    leftOut = List.copyOf(leftOut);
  }

  /** The book's text, what was left out as comments at its head. */
  public String yaml() {
    StringBuilder out = new StringBuilder();
    leftOut.forEach(
        what -> out.append("# left out: ").append(what.replaceAll("\\R", " ")).append('\n'));
    return out.append(BookWriter.yaml(book)).toString();
  }
}
