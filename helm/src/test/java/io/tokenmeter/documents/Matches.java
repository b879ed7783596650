package io.tokenmeter.documents;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What an expression finds in a document. */
final class Matches {
  private Matches() {}

  /** The first group of each match, in the document's order. */
  static List<String> found(String text, String expression) {
    return Pattern.compile(expression)
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }
}
