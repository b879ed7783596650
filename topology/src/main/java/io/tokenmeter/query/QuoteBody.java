package io.tokenmeter.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenmeter.measured.Meter;
import io.tokenmeter.measured.MeterReading;
import io.tokenmeter.measured.Provenance;
import io.tokenmeter.measured.count.Detail;
import io.tokenmeter.measured.count.ImageSize;
import io.tokenmeter.rated.Condition;
import io.tokenmeter.rated.quote.CallDescription;
import io.tokenmeter.rated.quote.InputImage;
import io.tokenmeter.rated.quote.NearestNames;
import io.tokenmeter.raw.Body;
import io.tokenmeter.raw.InvalidRecordException;
import io.tokenmeter.raw.KeyMode;
import io.tokenmeter.raw.OrgId;
import io.tokenmeter.raw.Quantity;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants quoted, as their JSON says it.
 *
 * @param org whose call; null for the caller's own, or by a book
 * @param book by whose prices; null for the organisation's, or the default one
 * @param call what is to be quoted
 */
record QuoteBody(@Nullable OrgId org, @Nullable String book, CallDescription call) {
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_QUANTITY = 40;
  private static final int MOST_IMAGES = 1_000;
  private static final List<Condition> CIRCUMSTANCES =
      List.of(
          Condition.SERVICE_TIER,
          Condition.SIZE,
          Condition.QUALITY,
          Condition.TOOL,
          Condition.ENDPOINT,
          Condition.OPERATION,
          Condition.BILLING_TYPE);
  private static final List<String> MEMBERS =
      List.of(
          "org",
          "book",
          "model",
          "provider",
          "key_mode",
          "at",
          "meters",
          "images",
          "text",
          "path",
          "body",
          "service_tier",
          "size",
          "quality",
          "tool",
          "endpoint",
          "operation",
          "billing_type",
          "attributes");

  /**
   * Reads it.
   *
   * @throws ProblemException when it says anything that isn't allowed
   */
  static QuoteBody parse(String json, Instant now) {
    JsonBody body = JsonBody.parse(json, MEMBERS);
    String org = name(body, "org");
    Instant at = body.optionalInstant("at");
    String text = body.optionalText("text");
    try {
      return new QuoteBody(
          org == null ? null : new OrgId(org),
          name(body, "book"),
          new CallDescription(
              name(body, "model"),
              name(body, "provider"),
              keyMode(name(body, "key_mode")),
              meters(body.optional("meters")),
              images(body.optional("images")),
              circumstances(body),
              attributes(body.optional("attributes")),
              text == null ? null : utf8(text),
              request(name(body, "path"), body.optional("body")),
              at == null ? now : at));
    } catch (InvalidRecordException e) {
      throw JsonBody.invalid(String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable String name(JsonBody body, String member) {
    String name = body.optionalText(member);
    if (name != null && (name.isBlank() || name.length() > LONGEST_NAME)) {
      throw JsonBody.invalid(
          member
              + " has "
              + name.length()
              + " characters; 1 to "
              + LONGEST_NAME
              + " are allowed, not all of them blank");
    }
    return name;
  }

  private static KeyMode keyMode(@Nullable String name) {
    return Arrays.stream(KeyMode.values())
        .filter(mode -> mode.name().equalsIgnoreCase(Objects.requireNonNullElse(name, "PLATFORM")))
        .findFirst()
        .orElseThrow(
            () -> JsonBody.invalid("key_mode is \"" + name + "\"; PLATFORM or OWN is allowed"));
  }

  private static List<MeterReading> meters(@Nullable JsonNode given) {
    List<MeterReading> readings = new ArrayList<>();
    for (Map.Entry<String, JsonNode> meter : members("meters", given)) {
      readings.add(
          new MeterReading(
              Meter.named(meter.getKey()).orElseThrow(() -> unknownMeter(meter.getKey())),
              quantity("meters." + meter.getKey(), meter.getValue()),
              Provenance.REPORTED,
              Map.of()));
    }
    return readings;
  }

  private static ProblemException unknownMeter(String name) {
    List<String> known = Arrays.stream(Meter.values()).map(Meter::wireName).toList();
    String shown = shown(name);
    return JsonBody.invalid(
        "meters has \""
            + shown
            + "\", which is no meter; the nearest are "
            + String.join(", ", NearestNames.to(shown, known, 3)));
  }

  private static Quantity quantity(String name, JsonNode given) {
    String text = given.isIntegralNumber() || given.isTextual() ? given.asText() : "";
    if (!text.isEmpty() && text.length() <= LONGEST_QUANTITY) {
      try {
        return new Quantity(new BigDecimal(text));
      } catch (NumberFormatException e) {
        // Said below, with what is allowed.
      } catch (InvalidRecordException e) {
        throw JsonBody.invalid(name + ": " + e.getMessage());
      }
    }
    throw JsonBody.invalid(
        name
            + " is no decimal; allowed is a whole number such as 1000, or a string such as \"1.5\"");
  }

  private static List<InputImage> images(@Nullable JsonNode given) {
    List<InputImage> images = new ArrayList<>();
    if (given != null && (!given.isArray() || given.size() > MOST_IMAGES)) {
      throw JsonBody.invalid(
          "images is no list of at most "
              + MOST_IMAGES
              + "; allowed is one such as [{\"width\": 2000, \"height\": 500}]");
    }
    for (JsonNode image : given == null ? List.<JsonNode>of() : given) {
      images.add(image(image));
    }
    return images;
  }

  private static InputImage image(JsonNode image) {
    for (Map.Entry<String, JsonNode> member : members("an image", image)) {
      if (!Set.of("width", "height", "detail").contains(member.getKey())) {
        throw JsonBody.invalid(
            "an image has \"" + shown(member.getKey()) + "\"; allowed are width, height, detail");
      }
    }
    return new InputImage(
        new ImageSize(pixels(image.path("width")), pixels(image.path("height"))),
        detail(image.path("detail")));
  }

  private static int pixels(JsonNode side) {
    if (!side.isIntegralNumber()
        || !side.canConvertToInt()
        || side.intValue() < 1
        || side.intValue() > 9_999_999) {
      throw JsonBody.invalid(
          "an image's width or height is missing or no whole number of pixels from 1 to 9999999");
    }
    return side.intValue();
  }

  private static Detail detail(JsonNode given) {
    String name = given.isMissingNode() ? Detail.AUTO.name() : given.asText();
    return Arrays.stream(Detail.values())
        .filter(detail -> detail.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                JsonBody.invalid(
                    "an image's detail is \""
                        + shown(name)
                        + "\"; low, high, original or auto is allowed"));
  }

  private static Map<Condition, String> circumstances(JsonBody body) {
    Map<Condition, String> said = new EnumMap<>(Condition.class);
    for (Condition condition : CIRCUMSTANCES) {
      String value = name(body, condition.wireName());
      if (value != null) {
        said.put(condition, value);
      }
    }
    return said;
  }

  private static Map<String, String> attributes(@Nullable JsonNode given) {
    Map<String, String> attributes = new TreeMap<>();
    for (Map.Entry<String, JsonNode> attribute : members("attributes", given)) {
      if (!attribute.getValue().isTextual()) {
        throw JsonBody.invalid(
            "attributes." + shown(attribute.getKey()) + " is no JSON string; write it in quotes");
      }
      attributes.put(attribute.getKey(), attribute.getValue().textValue());
    }
    return attributes;
  }

  private static CallDescription.@Nullable Request request(
      @Nullable String path, @Nullable JsonNode body) {
    if (path == null && body == null) {
      return null;
    }
    if (path == null || body == null || !body.isObject()) {
      throw JsonBody.invalid(
          "body and path go together: the JSON object that would be sent to a provider, and where,"
              + " as in /v1/chat/completions");
    }
    return new CallDescription.Request(path, utf8(body.toString()));
  }

  private static Set<Map.Entry<String, JsonNode>> members(String what, @Nullable JsonNode given) {
    if (given == null) {
      return Set.of();
    }
    if (!given.isObject()) {
      throw JsonBody.invalid(what + " is no JSON object");
    }
    return given.properties();
  }

  private static Body utf8(String text) {
    return Body.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String shown(String text) {
    return text.length() > 100 ? text.substring(0, 100) + "…" : text;
  }
}
