package io.tokenmeter.measured;

import java.util.List;
import java.util.function.Predicate;

/** Sums of a fact's readings; -1 where there are none. */
final class Counts {
  private Counts() {}

  static long reported(MeasuredResponse response, Meter.Side side) {
    return sum(
        response.readings(),
        r -> r.provenance() == Provenance.REPORTED && r.meter().side() == side);
  }

  static long visible(MeasuredResponse response) {
    return sum(
        response.readings(),
        r -> r.provenance() == Provenance.REPORTED && r.meter() == Meter.OUTPUT_TOKENS);
  }

  static long counted(MeasuredRequest request) {
    return sum(request.readings(), r -> r.meter().side() == Meter.Side.INPUT);
  }

  static long counted(MeasuredResponse response) {
    return sum(
        response.readings(),
        r -> r.provenance() != Provenance.REPORTED && r.meter() == Meter.OUTPUT_TOKENS);
  }

  static long of(List<MeterReading> readings, Meter meter) {
    return Math.max(
        0, sum(readings, r -> r.provenance() == Provenance.REPORTED && r.meter() == meter));
  }

  private static long sum(List<MeterReading> readings, Predicate<MeterReading> which) {
    List<MeterReading> found = readings.stream().filter(which).toList();
    return found.isEmpty()
        ? -1
        : found.stream().mapToLong(r -> r.quantity().value().longValue()).sum();
  }
}
