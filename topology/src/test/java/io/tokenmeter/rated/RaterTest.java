package io.tokenmeter.rated;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.measured.Meter;
import io.tokenmeter.measured.MeterReading;
import io.tokenmeter.measured.Provenance;
import io.tokenmeter.rated.book.PriceBook;
import io.tokenmeter.rated.book.ShippedBooks;
import io.tokenmeter.raw.KeyMode;
import io.tokenmeter.raw.Quantity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RaterTest {
  private static final Instant NOW = Instant.parse("2026-02-01T10:00:00Z");

  @Test
  void chargesAThousandInputTokensAsThePageSays() {
    MeterReading input = read(Meter.INPUT_TOKENS, "1000");
    assertThat(charge("gptbots", "openai/gpt-4.1", KeyMode.PLATFORM, input)).isEqualTo("0.22");
    assertThat(charge("gptbots", "openai/gpt-4.1", KeyMode.OWN, input)).isEqualTo("0.02");
  }

  @Test
  void chargesSecondsUnderAPricePerMinute() {
    MeterReading ninety = read(Meter.AUDIO_SECONDS, "90");
    assertThat(charge("gilas", "whisper-1", KeyMode.PLATFORM, ninety)).isEqualTo("0.018");
  }

  @Test
  void roundsSecondsWhereThePageDoesAndSaysSoInTheLine() {
    MeterReading seconds = read(Meter.AUDIO_SECONDS, "61.4");
    Priced priced = priced("openai-2023", "whisper-1", KeyMode.PLATFORM, seconds);
    assertThat(priced.amount()).hasToString("0.0061");
    assertThat(priced.lines().get(0).quantity()).hasToString("61");
    assertThat(priced.lines().get(0).rule()).isEqualTo("round=nearest 1");
  }

  @Test
  void chargesAnImageByTheRuleThatTheBookNames() {
    long tokens = ShippedBooks.read("gptbots").imageTokens().orElseThrow().of(2000, 500);
    assertThat(tokens).isEqualTo(765);
    MeterReading image = MeterReading.of(Meter.INPUT_IMAGE_TOKENS, tokens, Provenance.TOKENIZED);
    Priced priced = priced("gptbots", "openai/gpt-4o", KeyMode.PLATFORM, image);
    assertThat(priced.amount()).hasToString("0.172125");
    assertThat(priced.lines().get(0).rateMeter()).isEqualTo(Meter.INPUT_TOKENS);
  }

  @Test
  void findsSnapshotsByTheirPatternAndRecordsIt() {
    MeterReading input = read(Meter.INPUT_TOKENS, "1");
    Priced priced = priced("gptbots", "claude-sonnet-4-5-20250929", KeyMode.OWN, input);
    assertThat(priced.model()).isEqualTo("anthropic/claude-sonnet-4.5");
    assertThat(priced.matchedName()).isEqualTo("claude-sonnet-4-5*");
  }

  @Test
  void takesTheNextNameWhenTheFirstHasNoPriceInForce() {
    Usage usage =
        new Usage(
            "gilas",
            List.of("my-deployment", "gpt-4o-2024-08-06"),
            KeyMode.PLATFORM,
            List.of(read(Meter.INPUT_TOKENS, "1000000")),
            Map.of(),
            NOW,
            NOW);
    assertThat(((Priced) Rater.rate(catalog("gilas"), usage)).amount()).hasToString("10");
  }

  @Test
  void findsAMeterWithoutAModelByTheMetersName() {
    Usage usage =
        new Usage(
            "gptbots",
            List.of(),
            KeyMode.PLATFORM,
            List.of(read(Meter.STORAGE_TOKEN_DAYS, "2500")),
            Map.of(),
            NOW,
            NOW);
    assertThat(((Priced) Rater.rate(catalog("gptbots"), usage)).amount()).hasToString("0.0025");
  }

  @Test
  void pricesAMeterWithoutARateAsTheOneItIsCountedInside() {
    Priced priced =
        book(
            """
            - model: m
              rates:
                - {meter: input_tokens, price: 3, per: 1000}
                - {meter: input_audio_tokens, price: 30, per: 1000}
                - {meter: output_tokens, price: 10, per: 1000}
            """,
            read(Meter.CACHED_INPUT_TOKENS, "1000"),
            read(Meter.CACHE_WRITE_5M_TOKENS, "1000"),
            read(Meter.CACHE_WRITE_1H_TOKENS, "1000"),
            read(Meter.INPUT_IMAGE_TOKENS, "1000"),
            read(Meter.EMBEDDING_TOKENS, "1000"),
            read(Meter.RERANK_TOKENS, "1000"),
            read(Meter.CACHED_AUDIO_TOKENS, "1000"),
            read(Meter.REASONING_TOKENS, "1000"),
            read(Meter.OUTPUT_AUDIO_TOKENS, "1000"),
            read(Meter.OUTPUT_IMAGE_TOKENS, "1000"));
    assertThat(priced.lines())
        .extracting(line -> line.amount().toString())
        .containsExactly("3", "3", "3", "3", "3", "3", "30", "10", "10", "10");
  }

  @Test
  void namesTheMetersThatHaveNoRate() {
    Rating rating =
        rating(
            """
            - model: m
              rates: [{meter: input_tokens, price: 3, per: 1000}]
            """,
            read(Meter.INPUT_TOKENS, "1"),
            read(Meter.IMAGES, "1"),
            read(Meter.WEB_SEARCHES, "2"),
            read(Meter.IMAGES, "3"));
    assertThat(rating).isEqualTo(new Unpriced("b", List.of(Meter.IMAGES, Meter.WEB_SEARCHES)));
  }

  @Test
  void needsNoRateForAReadingOfZero() {
    Priced priced =
        book(
            """
            - model: m
              rates: [{meter: input_tokens, price: 3, per: 1000}]
            """,
            read(Meter.INPUT_TOKENS, "1"),
            read(Meter.IMAGES, "0"));
    assertThat(priced.lines()).extracting(Line::meter).containsExactly(Meter.INPUT_TOKENS);
  }

  @Test
  void includesWhatTheBookIncludesAndMakesNoLineOfCallsThatItDoesNotSell() {
    Priced priced =
        book(
            """
            - model: m
              included: [reasoning_tokens]
              rates:
                - {meter: input_tokens, price: 3, per: 1000}
                - {meter: output_tokens, price: 9, per: 1000}
            """,
            read(Meter.REASONING_TOKENS, "500"),
            read(Meter.REQUESTS, "1"));
    assertThat(priced.amount()).isEqualTo(Amount.ZERO);
    assertThat(priced.lines()).extracting(Line::rule).containsExactly("included");
  }

  @Test
  void roundsOnceHalfEvenAtTheTwelfthDecimal() {
    String entries =
        """
        - model: m
          rates: [{meter: input_tokens, price: 0.000000000001, per: 2}]
        """;
    assertThat(book(entries, read(Meter.INPUT_TOKENS, "1")).amount()).hasToString("0");
    assertThat(book(entries, read(Meter.INPUT_TOKENS, "3")).amount()).hasToString("0.000000000002");
    assertThat(book(entries, read(Meter.INPUT_TOKENS, "5")).amount()).hasToString("0.000000000002");
  }

  static MeterReading read(Meter meter, String quantity) {
    return new MeterReading(
        meter, new Quantity(new BigDecimal(quantity)), Provenance.REPORTED, Map.of());
  }

  private static Priced book(String entries, MeterReading... readings) {
    return (Priced) rating(entries, readings);
  }

  private static Rating rating(String entries, MeterReading... readings) {
    String yaml = "book: b\nunit: USD\nfrom: 2025-01-01\nentries:\n" + entries.indent(2);
    PriceCatalog catalog = PriceCatalog.of(PriceBook.parse(yaml).prices(Instant.EPOCH));
    return Rater.rate(
        catalog,
        new Usage("b", List.of("m"), KeyMode.PLATFORM, List.of(readings), Map.of(), NOW, NOW));
  }

  private static String charge(String book, String model, KeyMode key, MeterReading reading) {
    return priced(book, model, key, reading).amount().toString();
  }

  private static Priced priced(String book, String model, KeyMode key, MeterReading reading) {
    Usage usage = new Usage(book, List.of(model), key, List.of(reading), Map.of(), NOW, NOW);
    return (Priced) Rater.rate(catalog(book), usage);
  }

  private static PriceCatalog catalog(String book) {
    return PriceCatalog.of(ShippedBooks.read(book).prices(Instant.EPOCH));
  }
}
