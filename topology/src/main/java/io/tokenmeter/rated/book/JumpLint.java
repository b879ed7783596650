package io.tokenmeter.rated.book;

import io.tokenmeter.rated.Rate;
import java.math.BigDecimal;
import java.util.List;

/**
 * Finds a price that changed by a factor of 100 or more from one period of a model to the next: the
 * usual cause is a page that went from thousands to millions of tokens, or a lost decimal.
 */
final class JumpLint {
  private static final BigDecimal FACTOR = new BigDecimal(100);

  private JumpLint() {}

  static void check(ModelPeriods model, List<Finding> findings) {
    List<ModelPeriods.Period> periods = List.copyOf(model.periods().values());
    for (int i = 1; i < periods.size(); i++) {
      for (BookRate before : periods.get(i - 1).rates()) {
        for (BookRate after : periods.get(i).rates()) {
          if (sameThing(before.rate(), after.rate()) && jumps(before.rate(), after.rate())) {
            findings.add(Finding.warning(after.at(), message(model.model(), before, after)));
          }
        }
      }
    }
  }

  private static boolean sameThing(Rate before, Rate after) {
    return before.meter() == after.meter() && before.when().equals(after.when());
  }

  private static boolean jumps(Rate before, Rate after) {
    return !UnitPrice.isFree(before)
        && !UnitPrice.isFree(after)
        && (UnitPrice.compare(after, before, FACTOR) >= 0
            || UnitPrice.compare(before, after, FACTOR) >= 0);
  }

  private static String message(String model, BookRate before, BookRate after) {
    return model
        + " goes from "
        + UnitPrice.shown(before.rate())
        + ", line "
        + before.at().line()
        + ", to "
        + UnitPrice.shown(after.rate())
        + " for "
        + after.rate().meter().wireName()
        + ", a factor of "
        + FACTOR
        + " or more: is `per` right?";
  }
}
