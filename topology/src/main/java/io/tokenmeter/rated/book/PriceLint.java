package io.tokenmeter.rated.book;

import io.tokenmeter.measured.Meter;
import io.tokenmeter.rated.Rate;
import java.util.List;

/** Finds prices of one model that look swapped: an own key dearer, output cheaper than input. */
final class PriceLint {
  private PriceLint() {}

  static void check(ModelPeriods model, List<Finding> findings) {
    for (ModelPeriods.Period period : model.periods().values()) {
      for (BookRate one : period.rates()) {
        for (BookRate other : period.rates()) {
          ownKeyDearer(model.model(), one, other, findings);
          outputCheaper(model.model(), one, other, findings);
        }
      }
    }
  }

  private static void ownKeyDearer(
      String model, BookRate platform, BookRate own, List<Finding> findings) {
    if (UnitPrice.platformAndOwn(platform.rate(), own.rate())
        && UnitPrice.compare(own.rate(), platform.rate()) > 0) {
      findings.add(
          Finding.warning(
              own.at(),
              model
                  + " charges more with an own key, "
                  + UnitPrice.shown(own.rate())
                  + ", than with the platform's, "
                  + UnitPrice.shown(platform.rate())
                  + ", for "
                  + own.rate().meter().wireName()
                  + ": are they swapped?"));
    }
  }

  private static void outputCheaper(
      String model, BookRate input, BookRate output, List<Finding> findings) {
    Rate in = input.rate();
    Rate out = output.rate();
    if (in.meter() == Meter.INPUT_TOKENS
        && out.meter() == Meter.OUTPUT_TOKENS
        && in.when().equals(out.when())
        && UnitPrice.compare(out, in) < 0) {
      findings.add(
          Finding.warning(
              output.at(),
              model
                  + " charges less for output, "
                  + UnitPrice.shown(out)
                  + ", than for input, "
                  + UnitPrice.shown(in)
                  + ": are they swapped?"));
    }
  }
}
