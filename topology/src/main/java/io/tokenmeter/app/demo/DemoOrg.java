package io.tokenmeter.app.demo;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A customer of the demo's reseller.
 *
 * @param id the organisation
 * @param language what its people speak
 * @param zone where its days begin
 * @param credits what it bought
 * @param promotion what it was given on top and loses again soon; empty for none
 * @param lowBalance the level at which it wants to be warned
 * @param dailyQuota what it lets itself spend in a day; empty for no limit
 * @param modelBudget what it means to spend on each model in a month, and is told when it does;
 *     empty for none
 * @param share of the traffic, in parts of the sum of all shares
 */
public record DemoOrg(
    String id,
    Language language,
    String zone,
    BigDecimal credits,
    Optional<BigDecimal> promotion,
    BigDecimal lowBalance,
    Optional<BigDecimal> dailyQuota,
    Optional<BigDecimal> modelBudget,
    int share) {

  /** How long a promotion lasts. */
  public static final Duration PROMOTION_LASTS = Duration.ofDays(30);

  /** The whole clientele. The last but one runs dry, the last meets its daily quota. */
  public static final List<DemoOrg> ALL =
      List.of(
          org(
              "harbour-freight",
              Language.ENGLISH,
              "Europe/London",
              "500",
              "25",
              "450",
              null,
              "150",
              8),
          org(
              "atelier-lumiere",
              Language.FRENCH,
              "Europe/Paris",
              "300",
              null,
              "250",
              null,
              null,
              6),
          org("setareh", Language.PERSIAN, "Asia/Tehran", "300", "10", "250", null, "120", 5),
          org(
              "yunhe-storage",
              Language.CHINESE,
              "Asia/Shanghai",
              "400",
              null,
              "350",
              null,
              null,
              6),
          org("corner-shop", Language.ENGLISH, "UTC", "0.4", null, "0.2", null, null, 3),
          org("night-school", Language.ENGLISH, "UTC", "200", null, "50", "0.3", null, 3));

  private static DemoOrg org(
      String id,
      Language language,
      String zone,
      String credits,
      @Nullable String promotion,
      String lowBalance,
      @Nullable String dailyQuota,
      @Nullable String modelBudget,
      int share) {
    return new DemoOrg(
        id,
        language,
        zone,
        new BigDecimal(credits),
        Optional.ofNullable(promotion).map(BigDecimal::new),
        new BigDecimal(lowBalance),
        Optional.ofNullable(dailyQuota).map(BigDecimal::new),
        Optional.ofNullable(modelBudget).map(BigDecimal::new),
        share);
  }
}
