package io.tokenmeter.ingest.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.tokenmeter.raw.InvalidRecordException;
import io.tokenmeter.raw.Rejection;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads an {@code ExportTraceServiceRequest} in the JSON of OTLP (<a
 * href="https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding">OTLP 1.x</a>): names in
 * lowerCamelCase, ids in hexadecimal, 64-bit numbers as strings or numbers, unknown members
 * ignored.
 *
 * <p>The values of attributes that aren't wanted are passed over unread.
 */
final class SpanReader {
  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  /** Longer ones are no value of an attribute that is wanted. */
  private static final int LONGEST_TEXT = 400;

  private static final int MOST_DIGITS = 100;

  private final JsonParser parser;
  private final Set<String> wanted;

  /** What happens to a span. */
  interface Sink {
    void accept(Span span) throws IOException;
  }

  /** Reads what the parser stands at, to its end. */
  private interface Part {
    void read() throws IOException;
  }

  private SpanReader(JsonParser parser, Set<String> wanted) {
    this.parser = parser;
    this.wanted = wanted;
  }

  /**
   * Hands on the spans of a request, in order.
   *
   * @param wanted attributes to keep
   * @throws InvalidRecordException when it is no such request
   */
  static void read(InputStream source, Set<String> wanted, Sink sink) throws IOException {
    try (JsonParser parser = JSON.createParser(source)) {
      SpanReader reader = new SpanReader(parser, wanted);
      if (parser.nextToken() == null) {
        throw invalid();
      }
      reader.members(Map.of("resourceSpans", () -> reader.elements(() -> reader.resource(sink))));
      if (parser.nextToken() != null) {
        throw invalid();
      }
    } catch (JsonProcessingException e) {
      // Its own words would hold text of the body.
      throw invalid();
    }
  }

  /** The spans of a resource, whose own attributes may stand behind them. */
  private void resource(Sink sink) throws IOException {
    Map<String, Attribute> resource = new HashMap<>();
    List<Span> spans = new ArrayList<>();
    Part scope = () -> members(Map.of("spans", () -> elements(() -> spans.add(span()))));
    members(
        Map.of(
            "resource",
            () -> members(Map.of("attributes", () -> elements(() -> attribute(resource)))),
            "scopeSpans",
            () -> elements(scope)));
    for (Span span : spans) {
      Map<String, Attribute> all = new HashMap<>(resource);
      all.putAll(span.attributes());
      sink.accept(new Span(span.traceId(), span.spanId(), span.startNanos(), all));
    }
  }

  private Span span() throws IOException {
    Map<String, String> scalars = new HashMap<>();
    Map<String, Attribute> attributes = new HashMap<>();
    members(
        Map.of(
            "traceId",
            () -> scalars.put("traceId", scalar()),
            "spanId",
            () -> scalars.put("spanId", scalar()),
            "startTimeUnixNano",
            () -> scalars.put("startTimeUnixNano", scalar()),
            "attributes",
            () -> elements(() -> attribute(attributes))));
    return new Span(
        scalars.getOrDefault("traceId", ""),
        scalars.getOrDefault("spanId", ""),
        scalars.getOrDefault("startTimeUnixNano", ""),
        attributes);
  }

  private void attribute(Map<String, Attribute> into) throws IOException {
    String key = null;
    Attribute value = null;
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw invalid();
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      if (name.equals("key")) {
        key = scalar();
      } else if (name.equals("value") && (key == null || wanted.contains(key))) {
        value = value();
      } else {
        parser.skipChildren();
      }
    }
    if (key != null && value != null && wanted.contains(key)) {
      into.put(key, value);
    }
  }

  private Attribute value() throws IOException {
    Attribute value = new Attribute.Other();
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return value;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String form = parser.currentName();
      parser.nextToken();
      switch (form) {
        case "stringValue" -> value = new Attribute.Text(scalar());
        case "intValue", "doubleValue" -> value = whole(scalar());
        default -> parser.skipChildren();
      }
    }
    return value;
  }

  private static Attribute whole(String number) {
    try {
      BigDecimal exact = new BigDecimal(number);
      return Math.abs((long) exact.scale()) > MOST_DIGITS
          ? new Attribute.Other()
          : new Attribute.Whole(exact.longValueExact());
    } catch (ArithmeticException | NumberFormatException e) {
      return new Attribute.Other();
    }
  }

  /** A string or a number as it stands there; empty for anything else, and for what is too long. */
  private String scalar() throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING
        || parser.currentToken() == JsonToken.VALUE_NUMBER_INT
        || parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
      return parser.getTextLength() > LONGEST_TEXT ? "" : parser.getText();
    }
    parser.skipChildren();
    return "";
  }

  private void members(Map<String, Part> parts) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw invalid();
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      Part part = parts.get(parser.currentName());
      parser.nextToken();
      if (part == null) {
        parser.skipChildren();
      } else {
        part.read();
      }
    }
  }

  private void elements(Part part) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw invalid();
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      part.read();
    }
  }

  private static InvalidRecordException invalid() {
    return new InvalidRecordException(
        Rejection.UNREADABLE,
        "the body is no ExportTraceServiceRequest in JSON; send an object with resourceSpans");
  }
}
