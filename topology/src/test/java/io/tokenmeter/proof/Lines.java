package io.tokenmeter.proof;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/** What is compared, said in one way whichever side says it. */
final class Lines {
  private Lines() {}

  static String billed(
      String org,
      String id,
      long sequence,
      BigDecimal amount,
      BigDecimal before,
      BigDecimal after,
      long occurredMs) {
    return String.join(
        " ",
        "billed",
        org,
        "#" + sequence,
        id,
        plain(amount),
        plain(before) + ">" + plain(after),
        "at",
        Long.toString(occurredMs));
  }

  static String charge(
      String org, String id, String meter, BigDecimal quantity, BigDecimal amount) {
    return String.join(" ", "line", org, id, meter, plain(quantity), plain(amount));
  }

  static String unmatched(String org, String id, String reason) {
    return String.join(" ", "unmatched", org, id, reason);
  }

  static String lowBalance(
      String org, String type, BigDecimal level, long sequence, BigDecimal balance) {
    return String.join(
        " ", "event", org, type, plain(level), "#" + sequence, "balance", plain(balance));
  }

  static String quota(
      String org,
      String quota,
      String type,
      int percent,
      long windowMs,
      long sequence,
      BigDecimal used) {
    return String.join(
        " ",
        "event",
        org,
        "quota",
        quota,
        type,
        percent + "%",
        "window",
        Long.toString(windowMs),
        "#" + sequence,
        "used",
        plain(used));
  }

  static String balance(
      String org,
      long sequence,
      BigDecimal balance,
      BigDecimal granted,
      BigDecimal expired,
      BigDecimal adjusted,
      BigDecimal billed,
      BigDecimal debt) {
    return String.join(
        " ",
        "balance of",
        org,
        "#" + sequence,
        plain(balance),
        "granted",
        plain(granted),
        "expired",
        plain(expired),
        "adjusted",
        plain(adjusted),
        "billed",
        plain(billed),
        "debt",
        plain(debt));
  }

  static String window(
      long charges,
      BigDecimal amount,
      long corrections,
      BigDecimal corrected,
      Map<String, BigDecimal> quantities) {
    Map<String, String> used = new TreeMap<>();
    quantities.forEach(
        (meter, quantity) -> {
          if (quantity.signum() != 0) {
            used.put(meter, plain(quantity));
          }
        });
    return String.join(
        " ",
        charges + " charges",
        plain(amount),
        corrections + " corrections",
        plain(corrected),
        used.toString());
  }

  static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
