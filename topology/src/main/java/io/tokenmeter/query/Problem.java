package io.tokenmeter.query;

/**
 * Why a request was not answered, as {@code application/problem+json} of RFC 9457 with one member
 * of our own, {@code code}.
 *
 * @param code why, for machines
 * @param detail why, for people: the value, what is allowed, the next step
 */
public record Problem(ProblemCode code, String detail) {
  static final String CONTENT_TYPE = "application/problem+json";

  /** How long a caller does well to wait where waiting helps. */
  static final String RETRY_AFTER_SECONDS = "1";

  private record Document(String type, String title, int status, String code, String detail) {}

  Answer answer() {
    Document document =
        new Document("about:blank", code.title(), code.status(), code.name(), detail);
    return Answer.of(code.status(), CONTENT_TYPE, Json.bytes(document));
  }
}
