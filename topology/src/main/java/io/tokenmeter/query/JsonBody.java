package io.tokenmeter.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenmeter.rated.Amount;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The JSON object that a request brings, read member by member; whatever is unknown, missing or of
 * another form is refused by its name.
 */
final class JsonBody {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final ObjectNode members;
  private final List<String> known;

  private JsonBody(ObjectNode members, List<String> known) {
    this.members = members;
    this.known = known;
  }

  /**
   * Reads a body.
   *
   * @param known the members that it may have
   * @throws ProblemException when it is no JSON object or has others
   */
  static JsonBody parse(String body, List<String> known) {
    JsonNode read;
    try {
      read = MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      read = null;
    }
    if (!(read instanceof ObjectNode members)) {
      throw invalid("the body is no JSON object; send one with " + String.join(", ", known));
    }
    members
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                String shown = name.length() > 100 ? name.substring(0, 100) + "…" : name;
                throw invalid(
                    "the body has \"" + shown + "\"; allowed are " + String.join(", ", known));
              }
            });
    return new JsonBody(members, known);
  }

  /** What was asked, in one spelling. */
  String canonical() {
    StringBuilder text = new StringBuilder();
    for (String name : known) {
      if (members.hasNonNull(name)) {
        text.append(name).append('=').append(members.get(name)).append('\n');
      }
    }
    return text.toString();
  }

  String text(String name) {
    String text = optionalText(name);
    if (text == null) {
      throw invalid("the body has no " + name + "; it is needed");
    }
    return text;
  }

  @Nullable String optionalText(String name) {
    JsonNode member = members.path(name);
    if (member.isMissingNode() || member.isNull()) {
      return null;
    }
    if (!member.isTextual()) {
      throw invalid(name + " is no JSON string; write it in quotes, amounts too");
    }
    return member.textValue();
  }

  Amount amount(String name) {
    Amount amount = optionalAmount(name);
    if (amount == null) {
      throw invalid("the body has no " + name + "; it is needed");
    }
    return amount;
  }

  @Nullable Amount optionalAmount(String name) {
    String text = optionalText(name);
    if (text == null) {
      return null;
    }
    if (text.length() <= 40) {
      try {
        return Amount.of(text);
      } catch (NumberFormatException | ArithmeticException e) {
        // Said below, with what is allowed.
      }
    }
    throw invalid(name + " is no decimal of at most 12 places; allowed is one such as \"12.5\"");
  }

  @Nullable Instant optionalInstant(String name) {
    String text = optionalText(name);
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw invalid(name + " is no time of RFC 3339, as in 2026-01-31T00:00:00Z");
    }
  }

  /** The JSON that a member holds, whatever its form; null without one. */
  @Nullable JsonNode optional(String name) {
    JsonNode member = members.path(name);
    return member.isMissingNode() || member.isNull() ? null : member;
  }

  int whole(String name, int otherwise) {
    return Objects.requireNonNullElse(optionalWhole(name), otherwise);
  }

  @Nullable Integer optionalWhole(String name) {
    JsonNode member = members.path(name);
    if (member.isMissingNode() || member.isNull()) {
      return null;
    }
    if (!member.isIntegralNumber() || !member.canConvertToInt()) {
      throw invalid(name + " is no whole number");
    }
    return member.intValue();
  }

  static ProblemException invalid(String detail) {
    return new ProblemException(ProblemCode.INVALID_BODY, detail);
  }
}
