package io.tokenmeter.rated.book;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds periods of a model that end before they begin, overlap, or leave a gap between them. */
final class TimeLint {
  private TimeLint() {}

  static void check(ModelPeriods model, List<Finding> findings) {
    for (Map.Entry<Instant, ModelPeriods.Period> entry : model.periods().entrySet()) {
      ModelPeriods.Period period = entry.getValue();
      Instant until = period.until();
      sameEnd(model.model(), period, until, findings);
      if (until == null) {
        continue;
      }
      if (!until.isAfter(entry.getKey())) {
        findings.add(
            Finding.error(
                period.at(),
                model.model()
                    + " holds until "
                    + until
                    + ", which isn't after its beginning, "
                    + entry.getKey()
                    + "; set `until` to a later instant"));
      }
      next(model, entry.getKey(), period, until, findings);
    }
  }

  private static void sameEnd(
      String model, ModelPeriods.Period period, @Nullable Instant until, List<Finding> findings) {
    for (BookEntry entry : period.entries()) {
      boolean same = until == null ? entry.until() == null : until.equals(entry.until());
      if (!same) {
        findings.add(
            Finding.error(
                entry.at(),
                model
                    + " begins at "
                    + entry.from()
                    + " here and in line "
                    + period.at().line()
                    + " but ends at different instants; give both the same `until`"));
      }
    }
  }

  private static void next(
      ModelPeriods model,
      Instant from,
      ModelPeriods.Period period,
      Instant until,
      List<Finding> findings) {
    Map.Entry<Instant, ModelPeriods.Period> next = model.periods().higherEntry(from);
    if (next == null || next.getKey().equals(until)) {
      return;
    }
    int line = next.getValue().at().line();
    if (next.getKey().isBefore(until)) {
      findings.add(
          Finding.error(
              period.at(),
              model.model()
                  + " holds until "
                  + until
                  + " but line "
                  + line
                  + " begins at "
                  + next.getKey()
                  + "; end it there or leave `until` out"));
    } else {
      findings.add(
          Finding.warning(
              period.at(),
              model.model()
                  + " has no price from "
                  + until
                  + " until "
                  + next.getKey()
                  + ", line "
                  + line
                  + ": usage of that time would wait for one"));
    }
  }
}
