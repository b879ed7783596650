package io.tokenmeter.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.tokenmeter.rated.quote.NearestNames;
import io.tokenmeter.raw.InvalidRecordException;
import io.tokenmeter.raw.Rejection;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one object member by member, to its end also when one of them is wrong. */
final class ItemReader {
  /** Of a member that is no body, in characters. */
  static final int LONGEST_TEXT = 2_000;

  /** Of a body, decoded; as much as a raw topic takes when it doesn't compress. */
  static final int LARGEST_BODY = 8 << 20;

  static final int MOST_ATTRIBUTES = 64;
  private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,40}(\\.\\d{1,40})?");
  private static final int SHOWN = 60;

  private final JsonParser parser;
  private final Map<Member, Object> members = new EnumMap<>(Member.class);
  private @Nullable InvalidRecordException wrong;

  private ItemReader(JsonParser parser) {
    this.parser = parser;
  }

  /** Reads UTF-8, with bodies as long as the batch may be. */
  static JsonFactory factory() {
    return new JsonFactoryBuilder()
        .disable(JsonFactory.Feature.CHARSET_DETECTION)
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .streamReadConstraints(
            StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
        .build();
  }

  /**
   * Reads the item that a parser stands before.
   *
   * @param parser at the token that begins it; at the one that ends it afterwards
   */
  static Item read(JsonParser parser, int index) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return new Item.Refused(
          index, null, Rejection.UNREADABLE, "the item is no JSON object; send one an item");
    }
    ItemReader reader = new ItemReader(parser);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      reader.member(name);
    }
    return reader.item(index);
  }

  private Item item(int index) {
    Object id = members.get(Member.ID);
    String shownId = id instanceof String text && text.length() <= 200 ? text : null;
    try {
      if (wrong != null) {
        throw wrong;
      }
      return new Item.Taken(index, String.valueOf(id), ItemRecords.of(new ItemMembers(members)));
    } catch (InvalidRecordException e) {
      return new Item.Refused(index, shownId, e.code(), String.valueOf(e.getMessage()));
    }
  }

  private void member(String name) throws IOException {
    Member member = Member.named(name).orElse(null);
    if (member == null) {
      parser.skipChildren();
      note(
          "the item has \""
              + shown(name)
              + "\"; the nearest that exists is "
              + NearestNames.to(
                      shown(name), Arrays.stream(Member.values()).map(Member::wireName).toList(), 1)
                  .get(0));
      return;
    }
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    Object value = value(member);
    if (value != null && members.put(member, value) != null) {
      note("the item has " + name + " twice; leave one out");
    }
  }

  private @Nullable Object value(Member member) throws IOException {
    return switch (member.form()) {
      case TEXT -> text(member.wireName());
      case TEXTS -> texts(member.wireName());
      case NUMBER -> number(member.wireName());
      case TRUTH -> truth(member.wireName());
      case DECIMAL -> decimal(member.wireName());
      case BODY -> body(member.wireName());
      case BASE64 -> base64(member.wireName());
    };
  }

  private @Nullable String text(String name) throws IOException {
    if (!isToken(JsonToken.VALUE_STRING, name + " is no JSON string; write it in quotes")) {
      return null;
    }
    String text = parser.getText();
    if (text.length() > LONGEST_TEXT) {
      note(
          name + " has " + text.length() + " characters; at most " + LONGEST_TEXT + " are allowed");
      return null;
    }
    return text;
  }

  private @Nullable Map<String, String> texts(String name) throws IOException {
    if (!isToken(
        JsonToken.START_OBJECT, name + " is no JSON object; give names and values in strings")) {
      return null;
    }
    Map<String, String> texts = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      parser.nextToken();
      String value = text("a value of " + name);
      if (key.length() > LONGEST_TEXT || (value != null && texts.put(key, value) != null)) {
        note(name + " has a name twice, or one that is too long; correct it");
      }
    }
    if (texts.size() > MOST_ATTRIBUTES) {
      note(name + " has " + texts.size() + " names; at most " + MOST_ATTRIBUTES + " are allowed");
    }
    return texts;
  }

  private @Nullable Integer number(String name) throws IOException {
    String what = name + " is no whole number; write one without quotes";
    if (!isToken(JsonToken.VALUE_NUMBER_INT, what)) {
      return null;
    }
    if (parser.getTextLength() > 9) {
      note(what);
      return null;
    }
    return parser.getIntValue();
  }

  private @Nullable Boolean truth(String name) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_TRUE
        || parser.currentToken() == JsonToken.VALUE_FALSE) {
      return parser.getBooleanValue();
    }
    parser.skipChildren();
    note(name + " is neither true nor false; write one of them without quotes");
    return null;
  }

  /** Not from a JSON number with a point: most writers of JSON have rounded it by then. */
  private @Nullable BigDecimal decimal(String name) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING
        || parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      String text = parser.getText();
      if (DECIMAL.matcher(text).matches()) {
        return new BigDecimal(text);
      }
    }
    parser.skipChildren();
    note(name + " is no decimal; write it in quotes, as in \"12.5\"");
    return null;
  }

  private @Nullable ByteBuffer body(String name) throws IOException {
    if (!isToken(
        JsonToken.VALUE_STRING,
        name
            + " is no JSON string; put the body as it went over the wire into one, or give "
            + name
            + "_base64")) {
      return null;
    }
    return bounded(name, parser.getText().getBytes(StandardCharsets.UTF_8));
  }

  private @Nullable ByteBuffer base64(String name) throws IOException {
    if (!isToken(JsonToken.VALUE_STRING, name + " is no JSON string; write it in quotes")) {
      return null;
    }
    try {
      return bounded(name, Base64.getDecoder().decode(parser.getText()));
    } catch (IllegalArgumentException e) {
      note(name + " is not base64; use the alphabet with + and /, with or without padding");
      return null;
    }
  }

  private @Nullable ByteBuffer bounded(String name, byte[] body) {
    if (body.length > LARGEST_BODY) {
      note(
          name
              + " has "
              + body.length
              + " bytes; at most "
              + LARGEST_BODY
              + " are allowed, so count the call and send usage");
      return null;
    }
    return ByteBuffer.wrap(body);
  }

  private boolean isToken(JsonToken wanted, String otherwise) throws IOException {
    if (parser.currentToken() == wanted) {
      return true;
    }
    parser.skipChildren();
    note(otherwise);
    return false;
  }

  private void note(String message) {
    if (wrong == null) {
      wrong = new InvalidRecordException(Rejection.INVALID_FIELD, message);
    }
  }

  private static String shown(String name) {
    String plain = name.replaceAll("[^\\x20-\\x7E]", "?");
    return plain.length() <= SHOWN ? plain : plain.substring(0, SHOWN) + "…";
  }
}
