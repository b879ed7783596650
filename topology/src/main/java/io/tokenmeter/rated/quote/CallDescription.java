package io.tokenmeter.rated.quote;

import io.tokenmeter.measured.Measure;
import io.tokenmeter.measured.MeasuredRequest;
import io.tokenmeter.measured.Meter;
import io.tokenmeter.measured.MeterReading;
import io.tokenmeter.measured.Metered;
import io.tokenmeter.measured.PromptImages;
import io.tokenmeter.measured.Refused;
import io.tokenmeter.measured.Result;
import io.tokenmeter.measured.count.Counters;
import io.tokenmeter.measured.count.TextCounter;
import io.tokenmeter.rated.BillingType;
import io.tokenmeter.rated.Condition;
import io.tokenmeter.raw.Body;
import io.tokenmeter.raw.InvalidRecordException;
import io.tokenmeter.raw.KeyMode;
import io.tokenmeter.raw.OrgId;
import io.tokenmeter.raw.RawRequest;
import io.tokenmeter.raw.Rejection;
import io.tokenmeter.raw.UsageId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call as somebody describes it who asks its price.
 *
 * @param model any name that finds it; null where the body names it, or the meter alone is priced
 * @param provider whose interface and vocabulary, in any case; null where nobody said, which counts
 *     by {@value #USUAL_PROVIDER}'s and matches no price for a provider
 * @param keyMode whose provider key
 * @param readings what would be used, beside what text, body and images come to
 * @param images given to the model
 * @param circumstances what a rate may ask for, by {@link Condition}
 * @param attributes what the gateway sends along
 * @param text whose tokens are counted as input, UTF-8; null for none
 * @param request a request's body to measure; null for none
 * @param at when it would occur
 */
public record CallDescription(
    @Nullable String model,
    @Nullable String provider,
    KeyMode keyMode,
    List<MeterReading> readings,
    List<InputImage> images,
    Map<Condition, String> circumstances,
    Map<String, String> attributes,
    @Nullable Body text,
    @Nullable Request request,
    Instant at) {
  /** Whose vocabulary counts where no provider is named. */
  public static final String USUAL_PROVIDER = "openai";

  /**
   * A request as it would be sent to a provider.
   *
   * @param path where to, as in {@code /v1/chat/completions}
   * @param body JSON
   */
  public record Request(String path, Body body) {}

  /**
   * @throws InvalidRecordException when a condition has a value that it doesn't take
   */
  public CallDescription {
    provider = provider == null ? null : provider.toLowerCase(Locale.ROOT);
    readings = List.copyOf(readings);
    images = List.copyOf(images);
    circumstances = Map.copyOf(circumstances);
    attributes = Map.copyOf(attributes);
    circumstances.forEach(CallDescription::check);
    Optional.ofNullable(attributes.get(BillingType.ATTRIBUTE))
        .ifPresent(value -> check(Condition.BILLING_TYPE, value));
  }

  /**
   * What would be used, with text and body counted.
   *
   * @throws InvalidRecordException when the body can't be measured
   */
  public CallUse use(Counters counters) {
    Map<String, String> conditions = new LinkedHashMap<>(attributes);
    String named = model;
    PromptImages counted = PromptImages.NONE;
    List<MeterReading> used = new ArrayList<>();
    if (provider != null) {
      conditions.put(Condition.PROVIDER.wireName(), provider);
    }
    if (request != null) {
      MeasuredRequest measured = measured(counters, request);
      named = named == null ? measured.model() : named;
      counted = measured.images();
      used.addAll(measured.readings());
      conditions.put(Condition.OPERATION.wireName(), measured.operation().wireName());
      conditions.put(Condition.ENDPOINT.wireName(), measured.endpoint());
      if (measured.serviceTier() != null) {
        conditions.put(Condition.SERVICE_TIER.wireName(), measured.serviceTier());
      }
    }
    if (text != null) {
      TextCounter counter = counters.forModel(providerOrUsual(), named);
      used.add(
          MeterReading.of(
              Meter.INPUT_TOKENS,
              counter.count(text.array(), text.offset(), text.length()),
              counter.provenance()));
    }
    used.addAll(readings);
    circumstances.forEach((condition, value) -> conditions.put(condition.wireName(), value));
    return new CallUse(named, used, images, counted, conditions, isOutputKnown(used));
  }

  /** Where a text or a body is counted, somebody must say how long the answer is. */
  private boolean isOutputKnown(List<MeterReading> used) {
    return (text == null && request == null)
        || used.stream().anyMatch(reading -> reading.meter().side() == Meter.Side.OUTPUT);
  }

  private MeasuredRequest measured(Counters counters, Request sent) {
    RawRequest raw =
        new RawRequest(
            new OrgId("quote"),
            new UsageId("quote"),
            Map.of(),
            providerOrUsual(),
            sent.path(),
            model,
            keyMode,
            at,
            "application/json",
            sent.body(),
            attributes);
    Result<MeasuredRequest> result = new Measure(counters).request(raw, at);
    if (result instanceof Refused<MeasuredRequest> refused) {
      throw new InvalidRecordException(refused.rejected().code(), refused.rejected().message());
    }
    return ((Metered<MeasuredRequest>) result).fact();
  }

  private String providerOrUsual() {
    return provider == null ? USUAL_PROVIDER : provider;
  }

  /** A provider's own words for its tiers come from its answers too, so any is taken. */
  private static void check(Condition condition, String value) {
    if (condition != Condition.SERVICE_TIER && !condition.takes(value)) {
      throw new InvalidRecordException(
          Rejection.INVALID_FIELD,
          condition.wireName() + " is " + value + "; allowed: " + condition.allowed());
    }
  }
}
