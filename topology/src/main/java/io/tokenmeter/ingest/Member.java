package io.tokenmeter.ingest;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A member of an item. The names on the wire are the constants' in lower case. */
enum Member {
  TYPE(Form.TEXT),
  ID(Form.TEXT),
  ORG_ID(Form.TEXT),
  CONVERSATION_ID(Form.TEXT),
  PROJECT_ID(Form.TEXT),
  USER_ID(Form.TEXT),
  API_KEY_ID(Form.TEXT),
  ATTRIBUTES(Form.TEXTS),
  PROVIDER(Form.TEXT),
  PATH(Form.TEXT),
  MODEL(Form.TEXT),
  KEY_MODE(Form.TEXT),
  RECORDED_AT(Form.TEXT),
  ANSWERED_AT(Form.TEXT),
  OCCURRED_AT(Form.TEXT),
  STATUS(Form.NUMBER),
  TRUNCATED(Form.TRUTH),
  USAGE_HEADERS(Form.TEXTS),
  CONTENT_TYPE(Form.TEXT),
  REQUEST_CONTENT_TYPE(Form.TEXT),
  RESPONSE_CONTENT_TYPE(Form.TEXT),
  BODY(Form.BODY),
  BODY_BASE64(Form.BASE64),
  REQUEST_BODY(Form.BODY),
  REQUEST_BODY_BASE64(Form.BASE64),
  RESPONSE_BODY(Form.BODY),
  RESPONSE_BODY_BASE64(Form.BASE64),
  METER(Form.TEXT),
  QUANTITY(Form.DECIMAL),
  BILLING_TYPE(Form.TEXT);

  /** What its value looks like. */
  enum Form {
    /** A string of at most {@link ItemReader#LONGEST_TEXT} characters. */
    TEXT,
    /** An object whose values are such strings. */
    TEXTS,
    /** A whole number. */
    NUMBER,
    /** true or false. */
    TRUTH,
    /** A decimal in a string, or a whole number. */
    DECIMAL,
    /** A string that is a body. */
    BODY,
    /** A body in base64. */
    BASE64
  }

  private static final Map<String, Member> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(Member::wireName, Function.identity()));

  private final Form form;

  Member(Form form) {
    this.form = form;
  }

  Form form() {
    return form;
  }

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Member> named(String wireName) {
    return Optional.ofNullable(BY_NAME.get(wireName));
  }
}
