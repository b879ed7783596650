package io.tokenmeter.ingest;

import io.tokenmeter.raw.InvalidRecordException;
import io.tokenmeter.raw.Rejection;
import io.tokenmeter.schema.KeyMode;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The members of an item, each of its form; what is missing that is needed is named. */
final class ItemMembers {
  /** Before them a clock wasn't set, and after them it isn't either. */
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
  private static final ByteBuffer NOTHING = ByteBuffer.wrap(new byte[0]);

  private final Map<Member, Object> values;
  private final ItemType type;

  /**
   * @throws InvalidRecordException when the type is none or one of the members isn't the type's
   */
  ItemMembers(Map<Member, Object> values) {
    this.values = values;
    String name = optionalText(Member.TYPE);
    this.type =
        name == null
            ? ItemType.EXCHANGE
            : ItemType.named(name)
                .orElseThrow(
                    () ->
                        invalid(
                            "type is none of "
                                + Arrays.stream(ItemType.values())
                                    .map(ItemType::wireName)
                                    .collect(Collectors.joining(", "))));
    List<Member> allowed = type.members();
    for (Member member : values.keySet()) {
      if (!allowed.contains(member)) {
        throw invalid(
            member.wireName()
                + " doesn't go with the type "
                + type.wireName()
                + "; that has "
                + allowed.stream().map(Member::wireName).collect(Collectors.joining(", ")));
      }
    }
  }

  ItemType type() {
    return type;
  }

  /** The item's own id. */
  String id() {
    String id = optionalText(Member.ID);
    if (id == null) {
      throw new InvalidRecordException(
          Rejection.MISSING_ID,
          "id is missing; give each call one of its own, and the same one when it is sent again");
    }
    return id;
  }

  String orgId() {
    String org = optionalText(Member.ORG_ID);
    if (org == null) {
      throw new InvalidRecordException(Rejection.MISSING_ID, "org_id is missing; say who pays");
    }
    return org;
  }

  /** Decides the partition. */
  String key() {
    String conversation = optionalText(Member.CONVERSATION_ID);
    return conversation == null ? orgId() : conversation;
  }

  @Nullable String optionalText(Member member) {
    String text = (String) values.get(member);
    return text == null || text.isEmpty() ? null : text;
  }

  String textOrEmpty(Member member) {
    String text = optionalText(member);
    return text == null ? "" : text;
  }

  String text(Member member, String hint) {
    String text = optionalText(member);
    if (text == null) {
      throw invalid(member.wireName() + " is missing; " + hint);
    }
    return text;
  }

  KeyMode keyMode() {
    String mode = optionalText(Member.KEY_MODE);
    if (mode == null) {
      return KeyMode.PLATFORM;
    }
    return Arrays.stream(KeyMode.values())
        .filter(known -> known.name().equals(mode.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> invalid("key_mode is neither PLATFORM nor OWN"));
  }

  int status() {
    Integer status = (Integer) values.get(Member.STATUS);
    if (status == null) {
      throw invalid("status is missing; set it to the answer's HTTP status, 100 to 599");
    }
    return status;
  }

  boolean truncated() {
    return Boolean.TRUE.equals(values.get(Member.TRUNCATED));
  }

  BigDecimal quantity() {
    BigDecimal quantity = (BigDecimal) values.get(Member.QUANTITY);
    if (quantity == null) {
      throw invalid("quantity is missing; write it in quotes, as in \"12.5\"");
    }
    return quantity;
  }

  /**
   * A time, which is never made up: another one when the item is sent again would be other content.
   */
  Instant instant(Member member) {
    Instant instant = optionalInstant(member);
    if (instant == null) {
      throw invalid(
          member.wireName()
              + " is missing; set it to when it happened, as in 2026-01-31T10:00:00.123Z, and to"
              + " the same when it is sent again");
    }
    return instant;
  }

  @Nullable Instant optionalInstant(Member member) {
    String text = optionalText(member);
    if (text == null) {
      return null;
    }
    try {
      Instant instant = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
      if (!instant.isBefore(EARLIEST) && !instant.isAfter(LATEST)) {
        return instant;
      }
    } catch (DateTimeException e) {
      // Said below, with what is allowed.
    }
    throw invalid(
        member.wireName()
            + " is no time of RFC 3339 from the year 2000 on, as in 2026-01-31T10:00:00.123Z");
  }

  /** A body, plain or in base64: one of them has to be there, also for a call without a body. */
  ByteBuffer body(Member plain, Member base64) {
    ByteBuffer text = (ByteBuffer) values.get(plain);
    ByteBuffer bytes = (ByteBuffer) values.get(base64);
    if (text != null && bytes != null) {
      throw invalid(
          "the item has " + plain.wireName() + " and " + base64.wireName() + "; leave one out");
    }
    if (text == null && bytes == null) {
      throw invalid(
          plain.wireName()
              + " is missing; set it or "
              + base64.wireName()
              + ", to \"\" where there was none");
    }
    return text != null ? text : bytes != null ? bytes : NOTHING;
  }

  @SuppressWarnings("unchecked") // The reader puts nothing else there.
  Map<String, String> texts(Member member) {
    return (Map<String, String>) values.getOrDefault(member, Map.<String, String>of());
  }

  private static InvalidRecordException invalid(String message) {
    return new InvalidRecordException(Rejection.INVALID_FIELD, message);
  }
}
