package io.tokenmeter.ingest.otlp;

import io.tokenmeter.ingest.RawRecord;
import io.tokenmeter.measured.Meter;
import io.tokenmeter.raw.InvalidRecordException;
import io.tokenmeter.raw.Quantity;
import io.tokenmeter.raw.Rejection;
import io.tokenmeter.schema.KeyMode;
import io.tokenmeter.schema.UsageRecord;
import io.tokenmeter.topics.Topics;
import io.tokenmeter.wire.RawCodec;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes usage records of spans, a meter each. The id of one is {@code TRACE-SPAN-METER}, so a span
 * that is exported again bills nothing again.
 */
public final class SpanMeter {
  /** Which attribute says who pays, unless it is told otherwise. */
  public static final String ORGANISATION = "tokenmeter.org_id";

  private static final String PROJECT = "tokenmeter.project_id";
  private static final String USER = "tokenmeter.user_id";
  private static final String API_KEY = "tokenmeter.api_key_id";
  private static final String KEY_MODE = "tokenmeter.key_mode";
  private static final Pattern TRACE_ID = Pattern.compile("(?!0{32})[0-9a-f]{32}");
  private static final Pattern SPAN_ID = Pattern.compile("(?!0{16})[0-9a-f]{16}");

  /** Of a 64-bit number of nanoseconds since 1970. */
  private static final Pattern NANOS = Pattern.compile("[1-8]\\d{18}|[1-9]\\d{0,17}");

  private static final long NANOS_A_SECOND = 1_000_000_000L;
  private static final long NANOS_A_MILLISECOND = 1_000_000L;

  private final String organisation;
  private final Set<String> wanted;

  /** What happens to what came of a span. */
  public interface Sink {
    void accept(SpanUsage usage) throws IOException;
  }

  /**
   * @param organisation the attribute of a span or its resource that says who pays
   */
  public SpanMeter(String organisation) {
    this.organisation = organisation;
    Set<String> names = new HashSet<>(GenAi.names());
    names.addAll(List.of(organisation, PROJECT, USER, API_KEY, KEY_MODE));
    this.wanted = Set.copyOf(names);
  }

  /**
   * Reads an export request of OTLP in JSON, and hands on what comes of each span, in order.
   *
   * @throws InvalidRecordException when it is none; what was handed on before stands
   */
  public void read(InputStream source, Sink sink) throws IOException {
    SpanReader.read(source, wanted, span -> sink.accept(usage(span)));
  }

  SpanUsage usage(Span span) {
    if (!GenAi.tellsUsage(span)) {
      return new SpanUsage.Nothing();
    }
    String spanId = span.spanId().toLowerCase(Locale.ROOT);
    String shown = SPAN_ID.matcher(spanId).matches() ? spanId : "without an id";
    try {
      Operation operation = operation(span);
      if (operation.kind() == Operation.Kind.AROUND_CALLS) {
        return new SpanUsage.Nothing();
      }
      Map<Meter, Quantity> tokens = GenAi.tokens(span, operation.kind());
      return tokens.isEmpty()
          ? new SpanUsage.Nothing()
          : new SpanUsage.Metered(shown, records(span, tokens));
    } catch (InvalidRecordException e) {
      return SpanUsage.Refused.of(shown, e);
    }
  }

  private static Operation operation(Span span) {
    String name = GenAi.text(span, GenAi.OPERATION);
    return Operation.named(name == null ? "" : name)
        .orElseThrow(
            () ->
                new InvalidRecordException(
                    Rejection.INVALID_FIELD,
                    GenAi.OPERATION
                        + (name == null ? " is missing" : " is none that is known")
                        + ", so it can't be told whether a call of a model has these tokens; send"
                        + " one of "
                        + Operation.names()));
  }

  private List<RawRecord> records(Span span, Map<Meter, Quantity> tokens) {
    String org = orgId(span);
    String id = id(span);
    Instant startedAt = startedAt(span);
    String tier = GenAi.text(span, GenAi.SERVICE_TIER);
    List<RawRecord> records = new ArrayList<>();
    tokens.forEach(
        (meter, quantity) -> {
          UsageRecord record =
              UsageRecord.newBuilder()
                  .setUsageId(id + "-" + meter.wireName())
                  .setOrgId(org)
                  .setProjectId(GenAi.text(span, PROJECT))
                  .setUserId(GenAi.text(span, USER))
                  .setApiKeyId(GenAi.text(span, API_KEY))
                  .setMeter(meter.wireName())
                  .setQuantity(quantity.value().setScale(Quantity.SCALE))
                  .setProvider(GenAi.provider(span))
                  .setModel(GenAi.model(span))
                  .setKeyMode(keyMode(span))
                  .setOccurredAt(startedAt)
                  .setAttributes(tier == null ? Map.of() : Map.of("service_tier", tier))
                  .build();
          RawCodec.usage(record);
          records.add(new RawRecord(Topics.USAGE_RECORDS, org, record));
        });
    return records;
  }

  private String orgId(Span span) {
    Attribute value = span.attribute(organisation);
    if (value instanceof Attribute.Text text) {
      return text.value();
    }
    if (value instanceof Attribute.Whole whole) {
      return Long.toString(whole.value());
    }
    throw new InvalidRecordException(
        Rejection.MISSING_ID,
        "neither span nor resource has " + organisation + "; set it to the id of who pays");
  }

  private static String id(Span span) {
    String traceId = span.traceId().toLowerCase(Locale.ROOT);
    String spanId = span.spanId().toLowerCase(Locale.ROOT);
    if (!TRACE_ID.matcher(traceId).matches() || !SPAN_ID.matcher(spanId).matches()) {
      throw new InvalidRecordException(
          Rejection.INVALID_ID,
          "traceId or spanId isn't 32 or 16 hexadecimal digits that aren't all 0; send them as OTLP"
              + " writes them in JSON, not in base64");
    }
    return traceId + "-" + spanId;
  }

  private static Instant startedAt(Span span) {
    if (!NANOS.matcher(span.startNanos()).matches()) {
      throw new InvalidRecordException(
          Rejection.INVALID_FIELD,
          "startTimeUnixNano is no number of nanoseconds since 1970; it says when the call occurred");
    }
    long nanos = Long.parseLong(span.startNanos());
    return Instant.ofEpochSecond(nanos / NANOS_A_SECOND)
        .plusMillis(nanos % NANOS_A_SECOND / NANOS_A_MILLISECOND);
  }

  private static KeyMode keyMode(Span span) {
    @Nullable String mode = GenAi.text(span, KEY_MODE);
    if (mode == null) {
      return KeyMode.PLATFORM;
    }
    return Arrays.stream(KeyMode.values())
        .filter(known -> known.name().equals(mode.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidRecordException(
                    Rejection.INVALID_FIELD, KEY_MODE + " is neither PLATFORM nor OWN"));
  }
}
