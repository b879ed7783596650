package io.tokenmeter.rated.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.rated.ModelPrices;
import io.tokenmeter.rated.Rate;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ImportTest {
  private static final Instant FROM = Instant.parse("2024-05-13T00:00:00Z");
  private static final BigDecimal MILLION = new BigDecimal(1_000_000);

  @Test
  void readsRahianasListToThePricesOfTheShippedBook() {
    String json =
        """
        {"object": "list", "data": [
          {"id": "openai/gpt-4o", "pricing": {"prompt": "5.00", "completion": "15.00"}},
          {"id": "anthropic/claude-3-opus", "pricing": {"prompt": "15.00", "completion": "75.00"}}
        ]}
        """;
    Imported imported = ModelListImport.read(json, "rahiana", "USD", MILLION, FROM);
    assertThat(imported.leftOut()).isEmpty();
    assertThat(versions(imported.book())).isEqualTo(versions(ShippedBooks.read("rahiana")));
  }

  @Test
  void readsPricesOfOneTokenExactly() {
    String json =
        """
        {"data": [{"id": "m", "pricing": {"prompt": "0.00000125", "completion": "0.00001",
          "request": "0", "image": "0.001", "web_search": "0.01", "internal_reasoning": "0",
          "input_cache_read": "0.000000125"}}]}
        """;
    Imported imported = ModelListImport.read(json, "b", "USD", BigDecimal.ONE, FROM);
    assertThat(rates(imported))
        .containsExactly(
            "input_tokens 1.25/1000000 {}",
            "output_tokens 10/1000000 {}",
            "web_searches 0.01/1 {}",
            "cached_input_tokens 0.125/1000000 {}");
    assertThat(imported.leftOut())
        .containsExactly("m: request", "m: image", "m: internal_reasoning");
  }

  @Test
  void readsThePriceMapWithItsTiersAndSizes() {
    String json =
        """
        {"sample_spec": {"input_cost_per_token": 0},
         "gpt": {"litellm_provider": "openai", "input_cost_per_token": 2e-06,
           "output_cost_per_token": 8e-06, "cache_read_input_token_cost": 5e-07,
           "input_cost_per_token_batches": 1e-06, "output_cost_per_token_flex": 4e-06,
           "input_cost_per_token_above_200k_tokens": 4e-06,
           "search_context_cost_per_query": {"low": 0.03}, "max_tokens": 32768},
         "whisper": {"mode": "audio_transcription", "input_cost_per_second": 0.0001,
           "output_cost_per_second": 0.0001},
         "noise": {"input_cost_per_token": 1.50000000000000001e-06}}
        """;
    Imported imported = LiteLlmImport.read(json, "b", FROM);
    assertThat(rates(imported))
        .containsExactly(
            "input_tokens 2/1000000 {}",
            "output_tokens 8/1000000 {}",
            "cached_input_tokens 0.5/1000000 {}",
            "input_tokens 1/1000000 {service_tier=batch}",
            "output_tokens 4/1000000 {service_tier=flex}",
            "input_tokens 4/1000000 {input_tokens_over=200000, service_tier=standard}",
            "audio_seconds 100/1000000 {}");
    assertThat(imported.leftOut())
        .containsExactly(
            "gpt: search_context_cost_per_query",
            "gpt: input_tokens of other tiers for this size",
            "whisper: output_cost_per_second",
            "noise: input_cost_per_token");
  }

  @Test
  void writesABookThatReadsBackToTheSamePrices() {
    for (String name : ShippedBooks.NAMES) {
      PriceBook book = ShippedBooks.read(name);
      String yaml = new Imported(book, List.of("what\never")).yaml();
      assertThat(yaml).startsWith("# left out: what ever\nbook: ");
      PriceBook again = PriceBook.parse(yaml);
      assertThat(again.prices(FROM)).as(name).isEqualTo(book.prices(FROM));
      assertThat(again.imageTokens()).isEqualTo(book.imageTokens());
    }
  }

  @Test
  void saysWhyAListCannotBeRead() {
    assertThatThrownBy(() -> LiteLlmImport.read("{\n  x", "b", FROM))
        .hasMessageStartingWith("2:3: error: not JSON: ");
    assertThatThrownBy(() -> ModelListImport.read("{}", "b", "USD", MILLION, FROM))
        .hasMessage("1:1: error: a model list has its models in an array `data`; there is none");
  }

  private static List<List<String>> versions(PriceBook book) {
    return book.prices(FROM).stream()
        .map(ModelPrices::versions)
        .map(list -> list.stream().map(v -> v.version()).toList())
        .toList();
  }

  private static List<String> rates(Imported imported) {
    return imported.book().entries().stream()
        .flatMap(entry -> entry.rates().stream())
        .map(rate -> shown(rate.rate()))
        .toList();
  }

  private static String shown(Rate rate) {
    return rate.meter().wireName()
        + " "
        + rate.price().toPlainString()
        + "/"
        + rate.per().toPlainString()
        + " "
        + new TreeMap<>(rate.when());
  }
}
