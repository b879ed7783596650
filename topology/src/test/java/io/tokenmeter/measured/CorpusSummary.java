package io.tokenmeter.measured;

import java.util.Locale;

/** What became of a dialect's recorded exchanges. */
final class CorpusSummary {
  static final String HEADER =
      String.format(
          Locale.ROOT,
          "%-24s %9s %6s %10s %8s | %7s %5s %8s | %7s %5s %8s | %8s",
          "dialect",
          "exchanges",
          "usage",
          "reconciled",
          "flagged",
          "in",
          "exact",
          "within 1",
          "out",
          "exact",
          "within 1",
          "rejected");
  private int exchanges;
  private int withUsage;
  private int reconciled;
  private int flagged;
  private final int[] input = new int[3];
  private final int[] output = new int[3];
  int rejected;

  void add(
      Exchange exchange, MeasuredRequest request, MeasuredResponse response, boolean reconciles) {
    exchanges++;
    if (exchange.usage().isNull()) {
      return;
    }
    withUsage++;
    reconciled += reconciles ? 1 : 0;
    flagged += response.flags().contains(Flag.USAGE_CONTRADICTS) ? 1 : 0;
    if (!request.flags().contains(Flag.UNCOUNTED_CONTENT)) {
      compare(input, Counts.reported(response, Meter.Side.INPUT), Counts.counted(request));
    }
    compare(output, Counts.visible(response), Counts.counted(response));
  }

  private static void compare(int[] tally, long reported, long counted) {
    if (reported >= 0 && counted >= 0) {
      tally[0]++;
      tally[1] += reported == counted ? 1 : 0;
      tally[2] += Math.abs(reported - counted) <= 1 ? 1 : 0;
    }
  }

  String line(String dialect) {
    return String.format(
        Locale.ROOT,
        "%-24s %9d %6d %10d %8d | %7d %5d %8d | %7d %5d %8d | %8d",
        dialect,
        exchanges,
        withUsage,
        reconciled,
        flagged,
        input[0],
        input[1],
        input[2],
        output[0],
        output[1],
        output[2],
        rejected);
  }
}
