package io.tokenmeter.rated.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class VersionHashTest {
  private static final String PLAIN =
      """
      book: b
      unit: USD
      entries:
        - model: m
          from: 2025-01-01T00:00:00Z
          rates:
            - {meter: input_tokens, price: 2.50, per: 1000, when: {key_mode: OWN, size: 1x1}}
            - {meter: output_tokens, price: 5, per: 1000}
      """;

  @Test
  void isTheSameForTheSamePricesInAnotherShape() {
    String other =
        """
        # The same, otherwise written.
        per: {tokens: 1000.0}
        unit: "USD"
        book: b
        from: 2025-01-01
        entries:
          - rates:
              - {meter: output_tokens, price: 5.00}
              - meter: input_tokens
                when: {size: 1x1, key_mode: OWN}
                price: 2.5
            aliases: [other]
            until: 2026-01-01
            model: m
        """;
    assertThat(version(other, 1)).isEqualTo(version(PLAIN, 0)).matches("[0-9a-f]{16}");
  }

  @Test
  void differsWhereThePriceDoes() {
    String version = version(PLAIN, 0);
    assertThat(version(PLAIN.replace("2.50", "2.51"), 0)).isNotEqualTo(version);
    assertThat(version(PLAIN.replace("per: 1000}", "per: 1001}"), 0)).isNotEqualTo(version);
    assertThat(version(PLAIN.replace("OWN", "PLATFORM"), 0)).isNotEqualTo(version);
    assertThat(version(PLAIN.replace("USD", "EUR"), 0)).isNotEqualTo(version);
    assertThat(version(PLAIN.replace("2025", "2024"), 0)).isNotEqualTo(version);
    assertThat(version(PLAIN.replace("1000}", "1000, round: up}"), 0)).isNotEqualTo(version);
    assertThat(version(PLAIN + "included: [images]\n", 0)).isNotEqualTo(version);
    assertThat(version(PLAIN.replace("model: m", "model: n"), 0)).isNotEqualTo(version);
  }

  @Test
  void staysTheSameFromReleaseToRelease() {
    assertThat(version(PLAIN, 0)).isEqualTo("4653957dec2fed4b");
  }

  private static String version(String yaml, int published) {
    Instant publishedAt = Instant.EPOCH.plusSeconds(published);
    return PriceBook.parse(yaml).prices(publishedAt).get(0).versions().get(0).version();
  }
}
