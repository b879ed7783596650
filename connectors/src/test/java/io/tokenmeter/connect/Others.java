package io.tokenmeter.connect;

import io.tokenmeter.schema.Balance;
import io.tokenmeter.schema.BilledReading;
import io.tokenmeter.schema.BilledUsage;
import io.tokenmeter.schema.ExchangeOutcome;
import io.tokenmeter.schema.GrantBalance;
import io.tokenmeter.schema.GrantDraw;
import io.tokenmeter.schema.GrantKind;
import io.tokenmeter.schema.KeyMode;
import io.tokenmeter.schema.LowBalance;
import io.tokenmeter.schema.Origin;
import io.tokenmeter.schema.Provenance;
import io.tokenmeter.schema.QuotaExceeded;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A record of each topic but the charges that a warehouse loads. */
final class Others {
  static final Instant AT = Instant.parse("2026-03-01T10:15:30.123Z");

  private Others() {}

  static BilledUsage billed(String org, int number) {
    return BilledUsage.newBuilder()
        .setUsageId("req-" + number)
        .setOrgId(org)
        .setSequence(number)
        .setOperation("chat")
        .setModel("gpt-4.1")
        .setProvider("openai")
        .setKeyMode(KeyMode.PLATFORM)
        .setBillingType("chat")
        .setOccurredAt(AT)
        .setBilledAt(AT)
        .setOutcome(ExchangeOutcome.OK)
        .setFlags(List.of("late"))
        .setReadings(
            List.of(
                BilledReading.newBuilder()
                    .setMeter("input_tokens")
                    .setReported(decimal("1200"))
                    .setCounted(decimal("1198"))
                    .setBilled(decimal("1200"))
                    .setProvenance(Provenance.REPORTED)
                    .build()))
        .setLines(List.of())
        .setAmount(decimal("0.123456789012"))
        .setUnit("credit")
        .setBook("gptbots")
        .setBalanceBefore(decimal("10"))
        .setBalanceAfter(decimal("9.876543210988"))
        .setGrantsDrawn(List.of(new GrantDraw("first", decimal("0.123456789012"))))
        .setDebt(decimal("0"))
        .setRequestOrigin(new Origin("llm.requests", 2, (long) number))
        .setAttributes(Map.of("team", "search", "region", "eu"))
        .build();
  }

  static LowBalance lowBalance(String org, int number) {
    return LowBalance.newBuilder()
        .setEventId("low-" + number)
        .setOrgId(org)
        .setType("LOW_BALANCE")
        .setThreshold(decimal("5"))
        .setBalance(decimal("4.999999999999"))
        .setUnit("credit")
        .setSequence(number)
        .setOccurredAt(AT)
        .build();
  }

  static QuotaExceeded quotaExceeded(String org, int number) {
    return QuotaExceeded.newBuilder()
        .setEventId("quota-" + number)
        .setOrgId(org)
        .setQuotaId("daily")
        .setType("EXCEEDED")
        .setPercent(100)
        .setWindow("DAY")
        .setWindowStart(Instant.parse("2026-03-01T00:00:00Z"))
        .setWindowEnd(Instant.parse("2026-03-02T00:00:00Z"))
        .setLimit(decimal("50"))
        .setUsed(decimal("50.000000000001"))
        .setUnit("credit")
        .setSequence(number)
        .setOccurredAt(AT)
        .build();
  }

  static Balance balance(String org, int sequence) {
    return Balance.newBuilder()
        .setOrgId(org)
        .setUnit("credit")
        .setBook("gptbots")
        .setSequence(sequence)
        .setBalance(decimal("9.876543210988"))
        .setGranted(decimal("10"))
        .setExpired(decimal("0"))
        .setAdjusted(decimal("0"))
        .setBilled(decimal("0.123456789012"))
        .setDebt(decimal("0"))
        .setGrants(
            List.of(
                GrantBalance.newBuilder()
                    .setGrantId("first")
                    .setKind(GrantKind.PURCHASE)
                    .setPriority(100)
                    .setAmount(decimal("10"))
                    .setRemaining(decimal("9.876543210988"))
                    .setEffectiveAt(Instant.parse("2026-03-01T00:00:00Z"))
                    .build()))
        .setJournalPartition(0)
        .setJournalOffset(sequence)
        .setAsOf(AT)
        .setAccount(ByteBuffer.wrap(new byte[] {1, 2, 3}))
        .build();
  }

  private static BigDecimal decimal(String plain) {
    return new BigDecimal(plain).setScale(12);
  }
}
