package io.tokenmeter.bench;

/**
 * The page of the documentation that shows results: what stands between two marks is written here.
 */
final class Page {
  static final String FROM = "<!-- results: written by tokenmeter bench --page -->\n";
  static final String TO = "<!-- end of results -->\n";

  private Page() {}

  /**
   * A page with other results.
   *
   * @throws BenchFailure when the page has no place for them
   */
  static String with(Results results, String page) {
    int from = page.indexOf(FROM);
    int to = page.indexOf(TO);
    if (from < 0 || to < from) {
      throw new BenchFailure(
          "the page has no place for results; put these lines where they belong:\n" + FROM + TO);
    }
    return page.substring(0, from + FROM.length())
        + "\n"
        + Tables.markdown(results)
        + "\n"
        + page.substring(to);
  }
}
