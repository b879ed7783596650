package io.tokenmeter.rated.quote;

import io.tokenmeter.measured.MeterReading;
import io.tokenmeter.measured.PromptImages;
import io.tokenmeter.raw.KeyMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call of which somebody asks the price.
 *
 * @param book whose prices
 * @param deployments the organisation's own names of models, with the model that each stands for
 * @param keyMode whose provider key
 * @param use what would be used; its model is null where the meter alone is priced, as with
 *     storage; its images count as input tokens
 * @param at when it would occur
 */
public record QuoteRequest(
    String book, Map<String, String> deployments, KeyMode keyMode, CallUse use, Instant at) {
  public QuoteRequest {
    deployments = Map.copyOf(deployments);
  }

  @Nullable String model() {
    return use.model();
  }

  /** The same for a use of something else. */
  QuoteRequest with(List<MeterReading> readings) {
    return new QuoteRequest(
        book,
        deployments,
        keyMode,
        new CallUse(use.model(), readings, List.of(), PromptImages.NONE, use.conditions(), true),
        at);
  }
}
