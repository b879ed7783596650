package io.tokenmeter.warehouse;

import io.tokenmeter.schema.ChargeLine;
import java.math.BigDecimal;
import java.time.Instant;

/** Charge lines. */
final class Lines {
  private Lines() {}

  static ChargeLine line(String org, String usage, int number, String amount) {
    return ChargeLine.newBuilder()
        .setUsageId(usage)
        .setLine(number)
        .setOrgId(org)
        .setSequence(9_007_199_254_740_993L)
        .setOperation("chat")
        .setKeyMode("PLATFORM")
        .setBillingType("chat")
        .setMeter("input_tokens")
        .setRateMeter("input_tokens")
        .setQuantity(new BigDecimal("1234567.890123456789"))
        .setPrice(new BigDecimal("0.000000000000000001"))
        .setPer(new BigDecimal("1000").setScale(12))
        .setAmount(new BigDecimal(amount).setScale(12))
        .setUnit("credit")
        .setProvenance("REPORTED")
        .setBook("gptbots")
        .setOutcome("OK")
        .setOccurredAt(Instant.parse("2026-03-01T10:15:30.123Z"))
        .setBilledAt(Instant.parse("1969-12-31T23:59:59.999Z"))
        .build();
  }
}
