package io.tokenmeter.query;

import io.tokenmeter.ledger.Call;
import io.tokenmeter.ledger.Payment;
import io.tokenmeter.measured.Comparison;
import io.tokenmeter.measured.Meter;
import io.tokenmeter.measured.Operation;
import io.tokenmeter.measured.Outcome;
import io.tokenmeter.measured.PromptImages;
import io.tokenmeter.rated.Amount;
import io.tokenmeter.rated.Line;
import io.tokenmeter.rated.Priced;
import io.tokenmeter.raw.OrgId;
import io.tokenmeter.raw.Quantity;
import io.tokenmeter.raw.UsageId;
import io.tokenmeter.schema.BilledLine;
import io.tokenmeter.schema.BilledReading;
import io.tokenmeter.schema.BilledUsage;
import io.tokenmeter.schema.ExchangeOutcome;
import io.tokenmeter.schema.GrantDraw;
import io.tokenmeter.schema.KeyMode;
import io.tokenmeter.schema.Origin;
import io.tokenmeter.schema.Provenance;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A charge as the ledger writes it, with every member. */
final class SampleCharge {
  static final String USAGE = "call 1";

  private SampleCharge() {}

  static BilledUsage of(OrgId org, long sequence) {
    return BilledUsage.newBuilder()
        .setUsageId(USAGE)
        .setOrgId(org.value())
        .setSequence(sequence)
        .setProjectId("project")
        .setUserId("user")
        .setApiKeyId("key")
        .setProvider("openai")
        .setOperation("chat")
        .setModel("gpt-4.1")
        .setResponseModel("gpt-4.1-2025-04-14")
        .setKeyMode(KeyMode.PLATFORM)
        .setBillingType("chat")
        .setOccurredAt(FixedLedger.NOON)
        .setBilledAt(FixedLedger.NOON.plusMillis(250))
        .setOutcome(ExchangeOutcome.OK)
        .setFlags(List.of("LATE"))
        .setReadings(
            List.of(
                BilledReading.newBuilder()
                    .setMeter("input_tokens")
                    .setReported(new BigDecimal("1000.000000000000"))
                    .setCounted(new BigDecimal("1001.000000000000"))
                    .setBilled(new BigDecimal("1000.000000000000"))
                    .setProvenance(Provenance.REPORTED)
                    .setDimensions(Map.of())
                    .build()))
        .setLines(
            List.of(
                BilledLine.newBuilder()
                    .setLine(1)
                    .setMeter("input_tokens")
                    .setRateMeter("input_tokens")
                    .setDimensions(Map.of("tier", "batch"))
                    .setQuantity(new BigDecimal("1000.000000000000"))
                    .setPrice(new BigDecimal("0.000000000000000220"))
                    .setPer(new BigDecimal("1000.000000000000"))
                    .setAmount(new BigDecimal("0.220000000000"))
                    .setProvenance(Provenance.REPORTED)
                    .setRule("key_mode=PLATFORM")
                    .build()))
        .setAmount(new BigDecimal("0.220000000000"))
        .setUnit("credit")
        .setBook("gptbots")
        .setPricedModel("openai/gpt-4.1")
        .setMatchedName("gpt-4.1")
        .setPriceVersion("2025-06-01")
        .setProviderTotal(1000L)
        .setBalanceBefore(new BigDecimal("10.000000000000"))
        .setBalanceAfter(new BigDecimal("9.780000000000"))
        .setGrantsDrawn(List.of(new GrantDraw("welcome", new BigDecimal("0.220000000000"))))
        .setDebt(new BigDecimal("0.000000000000"))
        .setRequestOrigin(new Origin("llm.requests", 1, 42L))
        .setResponseOrigin(new Origin("llm.responses", 0, 41L))
        .setAttributes(Map.of("team", "search"))
        .build();
  }

  /** The same as the ledger's rules make it, as far as metrics look at it. */
  static io.tokenmeter.ledger.BilledUsage billed() {
    return billed("openai/gpt-4.1");
  }

  /** The same at the prices of another model. */
  static io.tokenmeter.ledger.BilledUsage billed(String model) {
    Quantity thousand = Quantity.of(1000);
    Amount amount = Amount.of("0.22");
    Line line =
        new Line(
            Meter.INPUT_TOKENS,
            Meter.INPUT_TOKENS,
            Map.of(),
            thousand,
            new BigDecimal("0.22"),
            new BigDecimal("1000"),
            amount,
            io.tokenmeter.measured.Provenance.REPORTED,
            "",
            new BigDecimal("0.22"),
            "",
            null);
    return new io.tokenmeter.ledger.BilledUsage(
        new OrgId("acme"),
        new UsageId(USAGE),
        1,
        new Call(
            Map.of(),
            "openai",
            Operation.CHAT,
            null,
            "gpt-4.1",
            null,
            io.tokenmeter.raw.KeyMode.PLATFORM,
            null,
            FixedLedger.NOON,
            Outcome.OK,
            null,
            null,
            null,
            null,
            Map.of(),
            PromptImages.NONE),
        "chat",
        FixedLedger.NOON,
        null,
        Set.of(),
        List.of(
            new Comparison(
                Meter.INPUT_TOKENS,
                Map.of(),
                thousand,
                thousand,
                thousand,
                io.tokenmeter.measured.Provenance.REPORTED)),
        "gptbots",
        "credit",
        new Priced(
            "gptbots", "credit", model, "gpt-4.1", "", "v1", List.of(), List.of(line), amount),
        new Payment(amount, Amount.ZERO, amount.negated(), List.of(), amount),
        null,
        new io.tokenmeter.raw.Origin("llm.responses", 0, 41));
  }
}
