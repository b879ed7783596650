package io.tokenmeter.query;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.tokenmeter.ingest.otlp.SpanMeter;
import io.tokenmeter.ingest.otlp.SpanUsage;
import io.tokenmeter.raw.InvalidRecordException;
import io.tokenmeter.raw.Rejection;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Spans of OpenTelemetry as usage: OTLP/HTTP in JSON (<a
 * href="https://opentelemetry.io/docs/specs/otlp/#otlphttp">OTLP 1.x</a>). An exporter whose
 * endpoint is {@code …/v1/otlp} sends its traces here.
 *
 * <p>As the protocol wants it: 200 with {@code partialSuccess} when some spans can't be billed,
 * which are not to be sent again; 400 and 415 for what is not to be sent again as it is; 503 with
 * {@code Retry-After} for what is; and a {@code Status} with a message for errors.
 */
final class OtlpRoutes {
  private static final int MOST_SPANS = 20_000;
  private static final int REASONS = 5;

  private final RawTopics topics;
  private final InFlight inFlight;
  private final IngestMetrics metrics;
  private final SpanMeter spans;

  /** An {@code ExportTraceServiceResponse}; without a part it was a full success. */
  @JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
  private record Response(@Nullable PartialSuccess partialSuccess) {}

  /**
   * @param rejectedSpans a 64-bit number, which is a string in the JSON of protocol buffers
   */
  @JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
  private record PartialSuccess(String rejectedSpans, String errorMessage) {}

  /** A {@code google.rpc.Status}, of which the protocol uses the message alone. */
  private record Status(String message) {}

  OtlpRoutes(RawTopics topics, InFlight inFlight, IngestMetrics metrics, SpanMeter spans) {
    this.topics = topics;
    this.inFlight = inFlight;
    this.metrics = metrics;
    this.spans = spans;
  }

  List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            HandlerType.POST,
            "/v1/otlp/v1/traces",
            "otlp",
            Door.GATEWAY,
            (request, caller) -> traces(request)));
  }

  private Answer traces(Context request) {
    try {
      return taken(request);
    } catch (ProblemException e) {
      Answer problem = e.problem().answer();
      return new Answer(
          problem.status(),
          Answer.JSON,
          Json.bytes(new Status(e.problem().detail())),
          problem.headers(),
          null);
    }
  }

  private Answer taken(Context request) {
    if (!BatchBody.mediaType(request).equals(Answer.JSON)) {
      throw new ProblemException(
          ProblemCode.UNSUPPORTED_MEDIA_TYPE,
          "Content-Type isn't application/json: OTLP is read in JSON here, not in protobuf. Set the"
              + " exporter's protocol to http/json; where it has none, send by way of an"
              + " OpenTelemetry Collector whose otlphttp exporter has `encoding: json`");
    }
    Batch batch = new Batch();
    try (InFlight.Share share = inFlight.begin();
        InputStream body = BatchBody.of(request, share)) {
      spans.read(body, batch::take);
      batch.publication.await(
          (metered, why) ->
              batch.refuse(metered.spanId(), why.code(), String.valueOf(why.getMessage())));
    } catch (InvalidRecordException e) {
      throw JsonBody.invalid(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw JsonBody.invalid(
          "the body broke off, or isn't what its Content-Encoding says; send it again whole");
    }
    return Answer.json(batch.response());
  }

  /** The spans of one request. */
  private final class Batch {
    private final Publication<SpanUsage.Metered> publication = new Publication<>(topics, metrics);
    private final StringBuilder reasons = new StringBuilder();
    private int count;
    private int refused;

    void take(SpanUsage usage) {
      if (++count > MOST_SPANS) {
        throw new ProblemException(
            ProblemCode.BODY_TOO_LARGE,
            "the request has more than "
                + MOST_SPANS
                + " spans; make the exporter's batches smaller");
      }
      if (usage instanceof SpanUsage.Metered metered) {
        publication.send(metered, metered.records());
      } else if (usage instanceof SpanUsage.Refused no) {
        refuse(no.spanId(), no.code(), no.message());
      }
    }

    void refuse(String spanId, Rejection code, String message) {
      metrics.refused(code);
      refused++;
      if (refused <= REASONS) {
        reasons.append(refused == 1 ? "" : "; ").append("span ").append(spanId).append(": ");
        reasons.append(message);
      }
    }

    Response response() {
      if (refused == 0) {
        return new Response(null);
      }
      if (refused > REASONS) {
        reasons.append("; and ").append(refused - REASONS).append(" more");
      }
      return new Response(new PartialSuccess(Integer.toString(refused), reasons.toString()));
    }
  }
}
