package io.tokenmeter.measured.count;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageTokensTest {
  @ParameterizedTest
  @CsvSource({
    // The guide's own examples.
    "gpt-4o, 1024, 1024, HIGH, 765",
    "gpt-4o, 2048, 4096, HIGH, 1105",
    "gpt-4o, 4096, 8192, LOW, 85",
    "gpt-4.1-mini, 1024, 1024, HIGH, 1659",
    "gpt-4.1-mini, 1800, 2400, HIGH, 2353",
    // Reported by OpenAI for recorded calls, less the text.
    "gpt-4-1106-vision-preview, 2560, 1669, AUTO, 1105",
    "gpt-4o-mini, 64, 64, AUTO, 8500",
    "gpt-4.1, 1, 1, AUTO, 255",
    "gpt-5, 1, 1, AUTO, 210",
    // Every side of the rules.
    "openai/gpt-4o-2024-08-06, 512, 512, HIGH, 255",
    "gpt-4o, 513, 512, HIGH, 425",
    "gpt-4o, 8192, 512, HIGH, 765",
    "gpt-4o, 8192, 4, HIGH, 765",
    "o3, 768, 768, HIGH, 675",
    "o1-2024-12-17, 10, 10, LOW, 75",
    "gpt-5-2025-08-07, 1024, 1024, LOW, 70",
    "computer-use-preview, 1024, 768, HIGH, 581",
    "gpt-image-1, 1024, 1024, AUTO, 194",
    "gpt-image-1, 1024, 1024, HIGH, 4290",
    "gpt-image-1, 1024, 1536, HIGH, 6467",
    "gpt-5-nano, 32, 33, HIGH, 5",
    "o4-mini, 100000, 1, HIGH, 2642",
  })
  void followsTheRuleOfTheModel(String model, int width, int height, Detail detail, long tokens) {
    assertThat(ImageTokens.tokens(model, new ImageSize(width, height), detail)).hasValue(tokens);
  }

  @ParameterizedTest
  @CsvSource({"gpt-5.2, HIGH", "claude-sonnet-4, HIGH", "gpt-3.5-turbo, LOW", "gpt-5-mini, LOW"})
  void guessesNothingWhereNoRuleIsPublished(String model, Detail detail) {
    assertThat(ImageTokens.tokens(model, new ImageSize(100, 100), detail)).isEmpty();
  }

  @Test
  void namesTheTileRuleWithoutRescalingForPriceBooks() {
    ImageSize size = new ImageSize(2000, 500);
    assertThat(ImageTokens.byRule(ImageTokens.TILES_WITHOUT_RESCALING, size)).hasValue(765);
    assertThat(ImageTokens.byRule("another", size)).isEmpty();
  }
}
