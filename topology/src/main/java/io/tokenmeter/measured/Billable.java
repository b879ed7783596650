package io.tokenmeter.measured;

import static io.tokenmeter.measured.Provenance.REPORTED;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses what is billed, of all that was measured. The rules, in order:
 *
 * <ol>
 *   <li><b>Not metered</b>: free, whatever it says ({@link FreeReason#NOT_METERED}).
 *   <li><b>No answer</b>: free ({@link FreeReason#UNANSWERED}); under {@link
 *       FailurePolicy#DELIVERED} the input is billed as it was counted.
 *   <li><b>Refused or failed</b> (4xx, 5xx): what the provider reported, all of it; without a
 *       report free ({@link FreeReason#FAILED_REQUEST}), but under {@link FailurePolicy#DELIVERED}
 *       as a broken stream. Under {@link FailurePolicy#FREE} free.
 *   <li><b>A broken stream</b> (cut off, or an error in it): as an answer that is whole, so
 *       reported usage where any arrived, else the text that was delivered and the input, else the
 *       input alone; where there is none of it free ({@link FreeReason#BROKEN_STREAM}). Under
 *       {@link FailurePolicy#FREE} free.
 *   <li><b>A whole answer</b>: each side of the tokens for itself. Under {@link
 *       BillingBasis#REPORTED} a side with any reported reading is billed as reported, all of it;
 *       else as counted. Under {@link BillingBasis#COUNTED} the other way round. So a token can't
 *       be billed by a report and by a count.
 *   <li><b>Meters on neither side</b>, each for itself: reported, else read off the answer, else
 *       read off the request, the latter only with a whole answer (characters to be spoken,
 *       images). What is read off the answer takes the request's dimensions that it lacks: the size
 *       of an image is often in the request alone.
 * </ol>
 *
 * <p>Report and count differ ({@link Flag#COUNT_DIFFERS}) when a side's sums are further apart than
 * 16 tokens and 10 % of the report, or 50 % where the count is an estimate; thinking is left out,
 * since it is seldom shown, and so is a half with content that can't be counted.
 */
public final class Billable {
  private static final long SLACK_TOKENS = 16;
  private static final long SLACK_PERCENT_EXACT = 10;
  private static final long SLACK_PERCENT_ESTIMATED = 50;

  private final List<MeterReading> request;
  private final List<MeterReading> response;
  private final BillingBasis basis;
  private final Set<Flag> flags = EnumSet.noneOf(Flag.class);
  private final List<MeterReading> chosen = new ArrayList<>(6);

  private Billable(List<MeterReading> request, List<MeterReading> response, BillingBasis basis) {
    this.request = request;
    this.response = response;
    this.basis = basis;
  }

  /**
   * Chooses what of an exchange is billed.
   *
   * @param request null when it never came: its side is billed by the answer's report alone
   * @param response null when it never came
   * @throws IllegalArgumentException when both are null
   */
  public static Bill exchange(
      @Nullable MeasuredRequest request,
      @Nullable MeasuredResponse response,
      BillingBasis basis,
      FailurePolicy policy) {
    if (request == null && response == null) {
      throw new IllegalArgumentException("neither request nor response; there is nothing to bill");
    }
    Billable billable =
        new Billable(
            request == null ? List.of() : request.readings(),
            response == null ? List.of() : response.readings(),
            basis);
    FreeReason free = billable.choose(response, policy);
    billable.flag(request, response);
    List<MeterReading> readings = free == null ? billable.chosen : List.of();
    return new Bill(
        readings,
        Comparisons.of(billable.request, billable.response, readings),
        free,
        billable.flags);
  }

  /** A usage record is billed as it says. */
  public static Bill usage(MeasuredUsage usage) {
    List<MeterReading> readings = List.of(usage.reading());
    return new Bill(readings, Comparisons.of(List.of(), readings, readings), null, usage.flags());
  }

  private @Nullable FreeReason choose(@Nullable MeasuredResponse answer, FailurePolicy policy) {
    boolean delivered = policy == FailurePolicy.DELIVERED;
    if (answer == null) {
      side(Meter.Side.INPUT);
      return delivered && !chosen.isEmpty() ? null : FreeReason.UNANSWERED;
    }
    return switch (answer.outcome()) {
      case NOT_METERED -> FreeReason.NOT_METERED;
      case CLIENT_ERROR, PROVIDER_ERROR -> {
        boolean billed = policy != FailurePolicy.FREE && (delivered || reported());
        yield billed && chooseAll(!delivered, false) ? null : FreeReason.FAILED_REQUEST;
      }
      case TRUNCATED, ERROR_IN_STREAM -> {
        boolean billed = policy != FailurePolicy.FREE && chooseAll(false, false);
        yield billed ? null : FreeReason.BROKEN_STREAM;
      }
      case OK -> {
        chooseAll(false, true);
        yield null;
      }
    };
  }

  private boolean reported() {
    return response.stream().anyMatch(r -> r.provenance() == REPORTED && !r.quantity().isZero());
  }

  /** Whether there is anything to bill beside the call itself. */
  private boolean chooseAll(boolean reportedAlone, boolean whole) {
    if (reportedAlone) {
      response.stream().filter(r -> r.provenance() == REPORTED).forEach(chosen::add);
    } else {
      side(Meter.Side.INPUT);
      side(Meter.Side.OUTPUT);
      for (Meter meter : Meter.values()) {
        if (meter.side() == Meter.Side.NEITHER && meter != Meter.REQUESTS) {
          neither(meter, whole);
        }
      }
    }
    boolean any = chosen.stream().anyMatch(r -> !r.quantity().isZero());
    response.stream().filter(r -> r.meter() == Meter.REQUESTS).forEach(chosen::add);
    return any;
  }

  private void side(Meter.Side side) {
    List<MeterReading> reported = new ArrayList<>(4);
    List<MeterReading> counted = new ArrayList<>(2);
    for (MeterReading reading : response) {
      if (reading.meter().side() == side) {
        (reading.provenance() == REPORTED ? reported : counted).add(reading);
      }
    }
    if (counted.isEmpty()) {
      request.stream().filter(r -> r.meter().side() == side).forEach(counted::add);
    }
    chosen.addAll(preferred(reported, counted));
  }

  private List<MeterReading> preferred(List<MeterReading> reported, List<MeterReading> counted) {
    return switch (basis) {
      case REPORTED -> reported.isEmpty() ? counted : reported;
      case COUNTED -> counted.isEmpty() ? reported : counted;
    };
  }

  private void neither(Meter meter, boolean whole) {
    List<MeterReading> reported = new ArrayList<>(1);
    List<MeterReading> seen = new ArrayList<>(1);
    Map<String, String> asked = new HashMap<>(4);
    for (MeterReading reading : request) {
      if (reading.meter() == meter) {
        asked.putAll(reading.dimensions());
      }
    }
    for (MeterReading reading : response) {
      if (reading.meter() == meter) {
        (reading.provenance() == REPORTED ? reported : seen).add(with(asked, reading));
      }
    }
    if (seen.isEmpty() && whole) {
      request.stream().filter(r -> r.meter() == meter).forEach(seen::add);
    }
    chosen.addAll(preferred(reported, seen));
  }

  private static MeterReading with(Map<String, String> asked, MeterReading reading) {
    if (asked.isEmpty()) {
      return reading;
    }
    Map<String, String> dimensions = new HashMap<>(asked);
    dimensions.putAll(reading.dimensions());
    return new MeterReading(reading.meter(), reading.quantity(), reading.provenance(), dimensions);
  }

  private void flag(@Nullable MeasuredRequest asked, @Nullable MeasuredResponse answer) {
    if (asked == null) {
      flags.add(Flag.NO_REQUEST);
    } else {
      flags.addAll(asked.flags());
    }
    if (answer == null || answer.outcome() != Outcome.OK) {
      flags.addAll(answer == null ? Set.of() : answer.flags());
      return;
    }
    boolean inputCounted = !flags.contains(Flag.UNCOUNTED_CONTENT);
    flags.addAll(answer.flags());
    if ((inputCounted && differs(Meter.Side.INPUT, request))
        || (!answer.flags().contains(Flag.UNCOUNTED_CONTENT)
            && differs(Meter.Side.OUTPUT, response))) {
      flags.add(Flag.COUNT_DIFFERS);
    }
  }

  private boolean differs(Meter.Side side, List<MeterReading> counts) {
    long reported = 0;
    boolean told = false;
    for (MeterReading reading : response) {
      if (compared(reading, side) && reading.provenance() == REPORTED) {
        told = true;
        reported += reading.quantity().value().longValue();
      }
    }
    for (MeterReading count : counts) {
      if (told && compared(count, side) && count.provenance() != REPORTED) {
        long apart = Math.abs(count.quantity().value().longValue() - reported);
        long percent =
            count.provenance() == Provenance.TOKENIZED
                ? SLACK_PERCENT_EXACT
                : SLACK_PERCENT_ESTIMATED;
        return apart > SLACK_TOKENS && apart > reported / 100 * percent;
      }
    }
    return false;
  }

  private static boolean compared(MeterReading reading, Meter.Side side) {
    return reading.meter().side() == side && reading.meter() != Meter.REASONING_TOKENS;
  }
}
