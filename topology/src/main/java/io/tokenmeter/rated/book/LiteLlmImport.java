package io.tokenmeter.rated.book;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenmeter.measured.Meter;
import io.tokenmeter.rated.Condition;
import io.tokenmeter.rated.Rate;
import io.tokenmeter.rated.Specificity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the price map that LiteLLM keeps ({@code model_prices_and_context_window.json}): an object
 * a model, USD for one unit in fields like {@code input_cost_per_token}.
 *
 * <p>A field's ending tells its conditions: {@code _batches}, {@code _flex} and {@code _priority}
 * the service tier, {@code _above_200k_tokens} the size of the request. The field {@code
 * output_cost_per_token_batches} is so {@code output_tokens} when {@code service_tier: batch}. The
 * base of a field is one of {@link #METERS}; every other field with a cost in its name is left out
 * and said so.
 */
public final class LiteLlmImport {
  private static final String OVER = Condition.INPUT_TOKENS_OVER.wireName();
  private static final String TIER = Condition.SERVICE_TIER.wireName();
  private static final Map<String, Meter> METERS =
      Map.ofEntries(
          Map.entry("input_cost_per_token", Meter.INPUT_TOKENS),
          Map.entry("output_cost_per_token", Meter.OUTPUT_TOKENS),
          Map.entry("cache_read_input_token_cost", Meter.CACHED_INPUT_TOKENS),
          Map.entry("cache_creation_input_token_cost", Meter.CACHE_WRITE_5M_TOKENS),
          Map.entry("cache_creation_input_token_cost_above_1hr", Meter.CACHE_WRITE_1H_TOKENS),
          Map.entry("input_cost_per_audio_token", Meter.INPUT_AUDIO_TOKENS),
          Map.entry("cache_read_input_audio_token_cost", Meter.CACHED_AUDIO_TOKENS),
          Map.entry("output_cost_per_audio_token", Meter.OUTPUT_AUDIO_TOKENS),
          Map.entry("input_cost_per_image_token", Meter.INPUT_IMAGE_TOKENS),
          Map.entry("output_cost_per_image_token", Meter.OUTPUT_IMAGE_TOKENS),
          Map.entry("output_cost_per_reasoning_token", Meter.REASONING_TOKENS),
          Map.entry("output_cost_per_image", Meter.IMAGES),
          Map.entry("input_cost_per_character", Meter.TTS_CHARACTERS),
          Map.entry("input_cost_per_query", Meter.SEARCH_UNITS),
          Map.entry("ocr_cost_per_page", Meter.PAGES));
  private static final Pattern ENDING =
      Pattern.compile("(.+?)(?:_above_([0-9]+)k_tokens)?(?:_(batches|flex|priority))?");

  private LiteLlmImport() {}

  /**
   * The book that a price map makes, in USD.
   *
   * @param json the map
   * @param name of the book
   * @param from from when the prices hold: the map doesn't say
   * @throws InvalidBookException when the map can't be read
   */
  public static Imported read(String json, String name, Instant from) {
    List<BookEntry> entries = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    ImportedJson.tree(json)
        .properties()
        .forEach(
            model -> {
              // The map explains its own fields in an entry of this name.
              if (!model.getKey().equals("sample_spec")) {
                List<BookRate> rates = rates(model.getKey(), model.getValue(), leftOut);
                if (!rates.isEmpty()) {
                  entries.add(
                      new BookEntry(
                          Position.START, model.getKey(), Map.of(), Set.of(), from, null, rates));
                }
              }
            });
    return new Imported(new PriceBook(name, "USD", Optional.empty(), Set.of(), entries), leftOut);
  }

  private static List<BookRate> rates(String model, JsonNode fields, List<String> leftOut) {
    List<BookRate> rates = new ArrayList<>();
    boolean transcribes = fields.path("mode").asText().equals("audio_transcription");
    fields
        .properties()
        .forEach(
            field -> {
              if (field.getKey().contains("cost")) {
                rate(field.getKey(), field.getValue(), transcribes)
                    .ifPresentOrElse(rates::add, () -> leftOut.add(model + ": " + field.getKey()));
              }
            });
    return apart(model, rates, leftOut);
  }

  /**
   * The map has one price for a tier and one for a size, and none for both. The price for a size is
   * then taken for the ordinary tier alone, so that no two rates tie.
   */
  private static List<BookRate> apart(String model, List<BookRate> rates, List<String> leftOut) {
    List<BookRate> apart = new ArrayList<>();
    for (BookRate one : rates) {
      boolean ties =
          one.rate().when().containsKey(OVER)
              && rates.stream()
                  .anyMatch(r -> !r.equals(one) && Specificity.tie(r.rate(), one.rate()));
      if (ties) {
        Map<String, String> when = new HashMap<>(one.rate().when());
        when.put(TIER, "standard");
        leftOut.add(model + ": " + one.rate().meter().wireName() + " of other tiers for this size");
        Rate rate = one.rate();
        apart.add(new BookRate(one.at(), new Rate(rate.meter(), rate.price(), rate.per(), when)));
      } else {
        apart.add(one);
      }
    }
    return apart;
  }

  private static Optional<BookRate> rate(String field, JsonNode value, boolean transcribes) {
    Optional<BigDecimal> price = ImportedJson.price(value);
    Matcher parts = ENDING.matcher(field);
    if (price.isEmpty() || !parts.matches()) {
      return Optional.empty();
    }
    Map<String, String> when = new HashMap<>();
    if (parts.group(2) != null) {
      when.put(OVER, parts.group(2) + "000");
    }
    if (parts.group(3) != null) {
      String tier = parts.group(3).equals("batches") ? "batch" : parts.group(3);
      when.put(TIER, tier);
    }
    boolean seconds = transcribes && parts.group(1).equals("input_cost_per_second");
    Optional<Meter> meter =
        seconds
            ? Optional.of(Meter.AUDIO_SECONDS)
            : Optional.ofNullable(METERS.get(parts.group(1)));
    return meter.map(m -> ImportedJson.rate(m, price.get(), BigDecimal.ONE, when));
  }
}
