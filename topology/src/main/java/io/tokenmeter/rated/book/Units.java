package io.tokenmeter.rated.book;

import io.tokenmeter.measured.Meter;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/**
 * How many units a price buys where a rate doesn't say: a book says it once by meter, or once for
 * all tokens. It is never guessed: a factor of a million is not to be had by leaving out a word.
 */
final class Units {
  private static final String TOKENS = "tokens";
  private final Map<Meter, BigDecimal> byMeter;

  private Units(Map<Meter, BigDecimal> byMeter) {
    this.byMeter = byMeter;
  }

  /** Reads {@code per: {tokens: 1000000, audio_seconds: 60}}. */
  static Units of(Optional<Node> node) {
    Map<Meter, BigDecimal> byMeter = new EnumMap<>(Meter.class);
    Map<String, Node> given = node.map(n -> Fields.entries(n, "per of a book")).orElse(Map.of());
    Optional.ofNullable(given.get(TOKENS)).ifPresent(all -> putTokens(byMeter, all));
    given.forEach(
        (name, per) -> {
          if (!name.equals(TOKENS)) {
            byMeter.put(meter(name, per), Scalars.per(per));
          }
        });
    return new Units(byMeter);
  }

  private static Meter meter(String name, Node at) {
    return Meter.named(name)
        .orElseThrow(
            () ->
                new InvalidBookException(
                    Position.of(at),
                    "per of a book names '"
                        + Scalars.shown(name)
                        + "'; write a meter's name, or tokens for all kinds of tokens"));
  }

  private static void putTokens(Map<Meter, BigDecimal> byMeter, Node node) {
    BigDecimal per = Scalars.per(node);
    for (Meter meter : Meter.values()) {
      if (meter.side() != Meter.Side.NEITHER || meter == Meter.TRAINING_TOKENS) {
        byMeter.put(meter, per);
      }
    }
  }

  /** How many units of a meter a price buys, by the rate's own word or else the book's. */
  BigDecimal per(Fields rate, Meter meter) {
    return rate.optional("per")
        .map(Scalars::per)
        .or(() -> Optional.ofNullable(byMeter.get(meter)))
        .orElseThrow(
            () ->
                new InvalidBookException(
                    rate.at(),
                    "no `per` for "
                        + meter.wireName()
                        + ": say how many units the price buys, as in per: 1000000, here or for"
                        + " the whole book"));
  }
}
