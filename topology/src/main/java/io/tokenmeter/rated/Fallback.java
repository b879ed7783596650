package io.tokenmeter.rated;

import io.tokenmeter.measured.Meter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * As what a meter is priced where its book gives it no price of its own.
 *
 * <pre>
 * cached_input_tokens, cache_write_5m_tokens, cache_write_1h_tokens,
 * input_audio_tokens, input_image_tokens,
 * embedding_tokens, rerank_tokens          → input_tokens
 * cached_audio_tokens → input_audio_tokens → input_tokens
 * reasoning_tokens, output_audio_tokens, output_image_tokens → output_tokens
 * </pre>
 *
 * <p>Every step goes from a kind of token to the kind that it is counted inside at the providers
 * that don't tell them apart, so a page that prints two prices ("input", "output") prices all
 * tokens. It never makes cheaper on the side what a book prices on purpose: a rate of the meter's
 * own that applies comes first. Calls, images, seconds, characters and what else is no token of an
 * exchange never fall back: they have a price, are included on purpose, or wait for one.
 */
final class Fallback {
  private static final Map<Meter, List<Meter>> CHAINS = chains();

  private Fallback() {}

  /** The meters whose rates are tried after a meter's own, in this order. */
  static List<Meter> of(Meter meter) {
    return CHAINS.get(meter);
  }

  private static Map<Meter, List<Meter>> chains() {
    Map<Meter, List<Meter>> chains = new EnumMap<>(Meter.class);
    Arrays.stream(Meter.values())
        .forEach(
            meter -> {
              List<Meter> chain = new ArrayList<>();
              for (Optional<Meter> n = next(meter); n.isPresent(); n = next(n.get())) {
                chain.add(n.get());
              }
              chains.put(meter, List.copyOf(chain));
            });
    return chains;
  }

  private static Optional<Meter> next(Meter meter) {
    return switch (meter) {
      case CACHED_INPUT_TOKENS,
          CACHE_WRITE_5M_TOKENS,
          CACHE_WRITE_1H_TOKENS,
          INPUT_AUDIO_TOKENS,
          INPUT_IMAGE_TOKENS,
          EMBEDDING_TOKENS,
          RERANK_TOKENS ->
          Optional.of(Meter.INPUT_TOKENS);
      case CACHED_AUDIO_TOKENS -> Optional.of(Meter.INPUT_AUDIO_TOKENS);
      case REASONING_TOKENS, OUTPUT_AUDIO_TOKENS, OUTPUT_IMAGE_TOKENS ->
          Optional.of(Meter.OUTPUT_TOKENS);
      case INPUT_TOKENS,
          OUTPUT_TOKENS,
          TRAINING_TOKENS,
          SEARCH_UNITS,
          IMAGES,
          AUDIO_SECONDS,
          TTS_CHARACTERS,
          PAGES,
          WEB_SEARCHES,
          TOOL_CALLS,
          REQUESTS,
          STORAGE_TOKEN_DAYS ->
          Optional.empty();
    };
  }
}
