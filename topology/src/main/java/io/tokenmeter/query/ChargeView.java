package io.tokenmeter.query;

import io.tokenmeter.rated.Amount;
import io.tokenmeter.schema.BilledLine;
import io.tokenmeter.schema.BilledReading;
import io.tokenmeter.schema.BilledUsage;
import io.tokenmeter.schema.Origin;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A charge with all that it was made of: who called whom, what was reported and counted and which
 * of it was billed, the price entry and the rule that matched, who paid, and where the raw records
 * stand. Each member is that of the record of {@code usage.billed}.
 */
public record ChargeView(
    String usageId,
    String org,
    long sequence,
    @Nullable String projectId,
    @Nullable String userId,
    @Nullable String apiKeyId,
    @Nullable String provider,
    @Nullable String endpoint,
    String operation,
    @Nullable String model,
    @Nullable String responseModel,
    String keyMode,
    @Nullable String serviceTier,
    String billingType,
    Instant occurredAt,
    Instant billedAt,
    String outcome,
    @Nullable String freeReason,
    List<String> flags,
    Amount amount,
    String unit,
    String book,
    @Nullable String priceBook,
    @Nullable String pricedModel,
    @Nullable String matchedName,
    @Nullable String nameRule,
    @Nullable String priceVersion,
    List<LineView> lines,
    List<ReadingView> readings,
    @Nullable Long providerTotal,
    Amount balanceBefore,
    Amount balanceAfter,
    List<DrawView> grantsDrawn,
    Amount debt,
    @Nullable OriginView requestOrigin,
    @Nullable OriginView responseOrigin,
    Map<String, String> attributes) {
  /** quantity × price ÷ per = amount. */
  record LineView(
      int line,
      String meter,
      String rateMeter,
      Map<String, String> dimensions,
      String quantity,
      String price,
      String per,
      Amount amount,
      String provenance,
      String rule,
      @Nullable String basePrice,
      @Nullable String adjustment,
      @Nullable String counter,
      @Nullable String monthToDate) {}

  /** A meter as the provider reported it, as it was counted here, and as it was billed. */
  record ReadingView(
      String meter,
      Map<String, String> dimensions,
      @Nullable String reported,
      @Nullable String counted,
      @Nullable String billed,
      String provenance) {}

  /** What a grant gave. */
  record DrawView(String grantId, Amount amount) {}

  /** Where a raw record stood. */
  record OriginView(String topic, int partition, long offset) {}

  public ChargeView {
    flags = List.copyOf(flags);
    lines = List.copyOf(lines);
    readings = List.copyOf(readings);
    grantsDrawn = List.copyOf(grantsDrawn);
    attributes = new TreeMap<>(attributes);
  }

  static ChargeView of(BilledUsage billed) {
    return new ChargeView(
        billed.getUsageId(),
        billed.getOrgId(),
        billed.getSequence(),
        billed.getProjectId(),
        billed.getUserId(),
        billed.getApiKeyId(),
        billed.getProvider(),
        billed.getEndpoint(),
        billed.getOperation(),
        billed.getModel(),
        billed.getResponseModel(),
        billed.getKeyMode().name(),
        billed.getServiceTier(),
        billed.getBillingType(),
        billed.getOccurredAt(),
        billed.getBilledAt(),
        billed.getOutcome().name(),
        billed.getFreeReason(),
        billed.getFlags(),
        new Amount(billed.getAmount()),
        billed.getUnit(),
        billed.getBook(),
        billed.getPriceBook(),
        billed.getPricedModel(),
        billed.getMatchedName(),
        billed.getNameRule(),
        billed.getPriceVersion(),
        billed.getLines().stream().map(ChargeView::line).toList(),
        billed.getReadings().stream().map(ChargeView::reading).toList(),
        billed.getProviderTotal(),
        new Amount(billed.getBalanceBefore()),
        new Amount(billed.getBalanceAfter()),
        billed.getGrantsDrawn().stream()
            .map(draw -> new DrawView(draw.getGrantId(), new Amount(draw.getAmount())))
            .toList(),
        new Amount(billed.getDebt()),
        origin(billed.getRequestOrigin()),
        origin(billed.getResponseOrigin()),
        billed.getAttributes());
  }

  private static LineView line(BilledLine line) {
    return new LineView(
        line.getLine(),
        line.getMeter(),
        line.getRateMeter(),
        new TreeMap<>(line.getDimensions()),
        plain(line.getQuantity()),
        plain(line.getPrice()),
        plain(line.getPer()),
        new Amount(line.getAmount()),
        line.getProvenance().name(),
        line.getRule(),
        nullable(line.getBasePrice()),
        line.getAdjustment(),
        line.getCounter(),
        nullable(line.getMonthToDate()));
  }

  private static ReadingView reading(BilledReading reading) {
    return new ReadingView(
        reading.getMeter(),
        new TreeMap<>(reading.getDimensions()),
        nullable(reading.getReported()),
        nullable(reading.getCounted()),
        nullable(reading.getBilled()),
        reading.getProvenance().name());
  }

  private static @Nullable OriginView origin(@Nullable Origin origin) {
    return origin == null
        ? null
        : new OriginView(origin.getTopic(), origin.getPartition(), origin.getOffset());
  }

  private static @Nullable String nullable(@Nullable BigDecimal value) {
    return value == null ? null : plain(value);
  }

  static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
