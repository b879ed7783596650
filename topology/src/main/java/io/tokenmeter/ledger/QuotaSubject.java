package io.tokenmeter.ledger;

/**
 * Someone or something whose use is counted.
 *
 * @param scope what it is
 * @param value the project, user, key or model; empty for the organisation
 */
public record QuotaSubject(QuotaScope scope, String value) implements Comparable<QuotaSubject> {
  public static final QuotaSubject ORGANISATION = new QuotaSubject(QuotaScope.ORGANISATION, "");

  /** Between scope and value. */
  public static final char SEPARATOR = ':';

  public QuotaSubject {
    if ((scope == QuotaScope.ORGANISATION) != value.isEmpty()) {
      throw new IllegalArgumentException(
          "a subject of scope "
              + scope
              + " is named \""
              + value
              + "\"; all but the organisation"
              + " have a name");
    }
  }

  /**
   * The subject that {@link #toString} wrote.
   *
   * @throws IllegalArgumentException when it wrote no such text
   */
  public static QuotaSubject parse(String text) {
    int end = text.indexOf(SEPARATOR);
    if (end < 0) {
      throw new IllegalArgumentException("\"" + text + "\" has no scope before a colon");
    }
    return new QuotaSubject(QuotaScope.valueOf(text.substring(0, end)), text.substring(end + 1));
  }

  @Override
  public int compareTo(QuotaSubject other) {
    return toString().compareTo(other.toString());
  }

  /** As in {@code USER:ann}. */
  @Override
  public String toString() {
    return scope.name() + SEPARATOR + value;
  }
}
