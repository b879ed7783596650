package io.tokenmeter.ingest;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What an item can be, with the members that it may have. */
enum ItemType {
  /** A call, request and answer together; the form that {@code produce} reads too. */
  EXCHANGE(
      Member.PROJECT_ID,
      Member.USER_ID,
      Member.API_KEY_ID,
      Member.PROVIDER,
      Member.PATH,
      Member.MODEL,
      Member.KEY_MODE,
      Member.RECORDED_AT,
      Member.ANSWERED_AT,
      Member.STATUS,
      Member.TRUNCATED,
      Member.USAGE_HEADERS,
      Member.REQUEST_CONTENT_TYPE,
      Member.REQUEST_BODY,
      Member.REQUEST_BODY_BASE64,
      Member.RESPONSE_CONTENT_TYPE,
      Member.RESPONSE_BODY,
      Member.RESPONSE_BODY_BASE64),
  /** A request alone; its answer comes under the same id. */
  REQUEST(
      Member.PROJECT_ID,
      Member.USER_ID,
      Member.API_KEY_ID,
      Member.PROVIDER,
      Member.PATH,
      Member.MODEL,
      Member.KEY_MODE,
      Member.OCCURRED_AT,
      Member.CONTENT_TYPE,
      Member.BODY,
      Member.BODY_BASE64),
  /** An answer alone. */
  RESPONSE(
      Member.PROVIDER,
      Member.PATH,
      Member.MODEL,
      Member.OCCURRED_AT,
      Member.STATUS,
      Member.TRUNCATED,
      Member.USAGE_HEADERS,
      Member.CONTENT_TYPE,
      Member.BODY,
      Member.BODY_BASE64),
  /** Usage that the gateway counted by itself. */
  USAGE(
      Member.PROJECT_ID,
      Member.USER_ID,
      Member.API_KEY_ID,
      Member.METER,
      Member.QUANTITY,
      Member.PROVIDER,
      Member.MODEL,
      Member.KEY_MODE,
      Member.BILLING_TYPE,
      Member.OCCURRED_AT);

  private static final List<Member> ALL =
      List.of(Member.TYPE, Member.ID, Member.ORG_ID, Member.CONVERSATION_ID, Member.ATTRIBUTES);

  @SuppressWarnings("ImmutableEnumChecker") // List.of never changes
  private final List<Member> own;

  ItemType(Member... own) {
    this.own = List.of(own);
  }

  /** Those that it may have, the ones of every item first. */
  List<Member> members() {
    return Stream.concat(ALL.stream(), own.stream()).toList();
  }

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<ItemType> named(String wireName) {
    return Arrays.stream(values()).filter(type -> type.wireName().equals(wireName)).findFirst();
  }
}
