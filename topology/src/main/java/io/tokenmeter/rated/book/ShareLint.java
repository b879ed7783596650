package io.tokenmeter.rated.book;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds an own-key price that is out of line with the book. Such prices are a share of the
 * platform's, and mostly one share: on GPTBots' pages an eleventh. One that is more than three
 * times above or below the middle one of the book is worth a look.
 */
final class ShareLint {
  private static final int ENOUGH = 5;
  private static final BigDecimal BOUND = new BigDecimal(3);
  private static final int SCALE = 12;

  private ShareLint() {}

  /**
   * An own-key rate as a share of the platform's.
   *
   * @param share rounded to 12 decimals: it is looked at, never billed
   */
  private record Share(String model, BookRate platform, BookRate own, BigDecimal share) {}

  static void check(List<ModelPeriods> models, List<Finding> findings) {
    List<Share> shares = models.stream().flatMap(m -> shares(m).stream()).toList();
    if (shares.size() < ENOUGH) {
      return;
    }
    BigDecimal middle = shares.stream().map(Share::share).sorted().toList().get(shares.size() / 2);
    for (Share share : shares) {
      if (share.share.compareTo(middle.multiply(BOUND)) > 0
          || share.share.multiply(BOUND).compareTo(middle) < 0) {
        findings.add(Finding.warning(share.own.at(), message(share, middle)));
      }
    }
  }

  private static List<Share> shares(ModelPeriods model) {
    List<Share> shares = new ArrayList<>();
    for (ModelPeriods.Period period : model.periods().values()) {
      for (BookRate platform : period.rates()) {
        for (BookRate own : period.rates()) {
          if (UnitPrice.platformAndOwn(platform.rate(), own.rate())
              && !UnitPrice.isFree(platform.rate())) {
            shares.add(new Share(model.model(), platform, own, share(platform, own)));
          }
        }
      }
    }
    return shares;
  }

  private static BigDecimal share(BookRate platform, BookRate own) {
    BigDecimal part = own.rate().price().multiply(platform.rate().per());
    BigDecimal whole = platform.rate().price().multiply(own.rate().per());
    return part.divide(whole, SCALE, RoundingMode.HALF_EVEN);
  }

  private static String message(Share share, BigDecimal middle) {
    return share.model
        + " charges "
        + percent(share.share)
        + " of the platform's price with an own key, "
        + UnitPrice.shown(share.own.rate())
        + " for "
        + share.own.rate().meter().wireName()
        + ", where the book's middle is "
        + percent(middle)
        + ": is a digit wrong?";
  }

  private static String percent(BigDecimal share) {
    return share.movePointRight(2).setScale(1, RoundingMode.HALF_EVEN).toPlainString() + "%";
  }
}
