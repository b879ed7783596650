package io.tokenmeter.rated.book;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenmeter.measured.Meter;
import io.tokenmeter.rated.Rate;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a gateway's model list: {@code {"data": [{"id": …, "name": …, "pricing": {"prompt": "5.00",
 * "completion": "15.00"}}]}}, as Rahiana's documentation shows it (USD per million tokens) and
 * OpenRouter answers at {@code /api/v1/models} (USD per token).
 *
 * <p>{@code prompt}, {@code completion}, {@code input_cache_read} and {@code input_cache_write} are
 * per so many tokens; {@code request} and {@code web_search} are per one, and of no effect where
 * they are 0. Other prices are left out and said so.
 */
public final class ModelListImport {
  private static final Map<String, Meter> TOKENS =
      Map.of(
          "prompt", Meter.INPUT_TOKENS,
          "completion", Meter.OUTPUT_TOKENS,
          "internal_reasoning", Meter.REASONING_TOKENS,
          "input_cache_read", Meter.CACHED_INPUT_TOKENS,
          "input_cache_write", Meter.CACHE_WRITE_5M_TOKENS);
  private static final Map<String, Meter> PIECES =
      Map.of("request", Meter.REQUESTS, "web_search", Meter.WEB_SEARCHES);

  private ModelListImport() {}

  /**
   * The book that a model list makes.
   *
   * @param json the list
   * @param name of the book
   * @param unit what the list's prices are in
   * @param per how many tokens a price of the list buys: 1000000 at Rahiana, 1 at OpenRouter
   * @param from from when the prices hold: a list doesn't say
   * @throws InvalidBookException when the list can't be read
   */
  public static Imported read(String json, String name, String unit, BigDecimal per, Instant from) {
    List<BookEntry> entries = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    JsonNode models = ImportedJson.tree(json).path("data");
    if (!models.isArray()) {
      throw new InvalidBookException(
          Position.START, "a model list has its models in an array `data`; there is none");
    }
    for (JsonNode model : models) {
      String id = model.path("id").asText();
      List<BookRate> rates = new ArrayList<>();
      model
          .path("pricing")
          .properties()
          .forEach(
              price ->
                  rate(price.getKey(), price.getValue(), per)
                      .ifPresentOrElse(rates::add, () -> leftOut.add(id + ": " + price.getKey())));
      if (id.isEmpty() || rates.isEmpty()) {
        leftOut.add(id + ": no prices");
      } else {
        entries.add(new BookEntry(Position.START, id, Map.of(), Set.of(), from, null, rates));
      }
    }
    return new Imported(new PriceBook(name, unit, Optional.empty(), Set.of(), entries), leftOut);
  }

  private static Optional<BookRate> rate(String key, JsonNode value, BigDecimal per) {
    Optional<BigDecimal> price = ImportedJson.price(value);
    if (price.isEmpty()) {
      return Optional.empty();
    }
    if (TOKENS.containsKey(key)) {
      // A reasoning price of 0 means that there is none: reasoning is billed as output.
      boolean absent = key.equals("internal_reasoning") && price.get().signum() == 0;
      return absent
          ? Optional.empty()
          : Optional.of(ImportedJson.rate(TOKENS.get(key), price.get(), per, Map.of()));
    }
    return PIECES.containsKey(key) && price.get().signum() > 0
        ? Optional.of(
            new BookRate(
                Position.START, new Rate(PIECES.get(key), price.get(), BigDecimal.ONE, Map.of())))
        : Optional.empty();
  }
}
