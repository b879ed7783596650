package io.tokenmeter.measured;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tokenmeter.measured.count.Counters;
import io.tokenmeter.raw.InvalidRecordException;
import io.tokenmeter.raw.Quantity;
import io.tokenmeter.raw.RawRequest;
import io.tokenmeter.raw.RawResponse;
import io.tokenmeter.raw.RawUsage;
import io.tokenmeter.raw.Rejected;
import io.tokenmeter.raw.Rejection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The measuring stage: a raw record in, a fact or a rejection out. The same record gives the same
 * result, whenever and wherever. Bad input never throws; what throws is a bug. Thread safe.
 */
public final class Measure {
  private final RequestReader requests;
  private final AnswerReader answers;

  public Measure(Counters counters) {
    this.requests = new RequestReader(counters);
    this.answers = new AnswerReader(counters);
  }

  /**
   * Measures a request.
   *
   * @param appendedAt the broker's append time; an {@code occurred_at} more than 5 minutes after it
   *     is taken as it, and flagged
   */
  public Result<MeasuredRequest> request(RawRequest raw, Instant appendedAt) {
    return atTheBorder(() -> requests.read(raw, appendedAt));
  }

  /** Measures an answer; times as in {@link #request}. */
  public Result<MeasuredResponse> response(RawResponse raw, Instant appendedAt) {
    return atTheBorder(() -> answers.read(raw, appendedAt));
  }

  /** Checks a usage record; times as in {@link #request}. */
  public Result<MeasuredUsage> usage(RawUsage raw, Instant appendedAt) {
    return atTheBorder(() -> checked(raw, appendedAt));
  }

  private interface Reading<F extends Measured> {
    F fact() throws IOException;
  }

  private static <F extends Measured> Result<F> atTheBorder(Reading<F> reading) {
    try {
      return new Metered<>(reading.fact());
    } catch (InvalidRecordException bad) {
      return new Refused<>(new Rejected(bad.code(), bad.getMessage()));
    } catch (JsonProcessingException bad) {
      return new Refused<>(new Rejected(Rejection.BROKEN_BODY, BrokenJson.message(bad)));
    } catch (IOException impossible) {
      // Bodies are arrays: nothing is read from a disk or a network here.
      throw new UncheckedIOException(impossible);
    }
  }

  private static MeasuredUsage checked(RawUsage raw, Instant appendedAt) {
    Meter meter =
        Meter.named(raw.meter())
            .orElseThrow(
                () ->
                    new InvalidRecordException(
                        Rejection.UNKNOWN_METER,
                        "meter is not one that is known; set it to one of those in the"
                            + " documentation of meters, as in storage_token_days"));
    Set<Flag> flags = EnumSet.noneOf(Flag.class);
    Instant occurredAt = Occurred.clamped(raw.occurredAt(), appendedAt, flags);
    return new MeasuredUsage(
        raw.id(),
        raw.caller(),
        raw.provider(),
        raw.model(),
        raw.keyMode(),
        raw.billingType(),
        occurredAt,
        new MeterReading(meter, new Quantity(raw.quantity()), Provenance.REPORTED, dimensions(raw)),
        flags,
        raw.attributes());
  }

  /** The attributes are what a rate may ask for. */
  private static Map<String, String> dimensions(RawUsage raw) {
    return raw.attributes();
  }
}
