package io.tokenmeter.rated.book;

import io.tokenmeter.measured.Meter;
import io.tokenmeter.rated.Rate;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The name of a version of a price: 16 hexadecimal digits of the SHA-256 of what it says.
 *
 * <p>It says: book, unit, model, first instant, included meters, rates. Not part of it: the order
 * and spelling of the file, comments, aliases, when it was published, and when it ends, because the
 * price that a charge was made at doesn't change when another follows it.
 */
final class VersionHash {
  private static final char END = '\0';

  private VersionHash() {}

  static String of(
      PriceBook book, String model, Collection<Meter> included, Instant from, List<Rate> rates) {
    StringBuilder said = new StringBuilder(256);
    said.append(book.name()).append(END).append(book.unit()).append(END);
    said.append(model).append(END).append(from.toEpochMilli()).append(END);
    included.stream().sorted().forEach(meter -> said.append(meter.wireName()).append(END));
    rates.stream().map(VersionHash::canonical).sorted().forEach(said::append);
    return HexFormat.of().formatHex(sha256(said.toString()), 0, 8);
  }

  private static String canonical(Rate rate) {
    Map<String, String> when = new TreeMap<>(rate.when());
    return rate.meter().wireName()
        + END
        + rate.price().toPlainString()
        + END
        + rate.per().toPlainString()
        + END
        + rate.rounding().text()
        + END
        + when.entrySet().stream()
            .map(e -> e.getKey() + END + e.getValue() + END)
            .collect(Collectors.joining())
        + END;
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
