package io.tokenmeter.measured.count;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Text that other counters choke on, each one piece or few, the same on each run. */
final class WorstTexts {
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
  private static final String SIGNS = "-=_*#.~|<>";
  private static final String THAI = "กขคงจฉชซญดตถทนบปผฝพฟมยรลวศษสหอะาิีึืุูเแโใไ";

  private WorstTexts() {}

  /** Each about so many bytes long. */
  static Map<String, String> of(int bytes) {
    Random random = new Random(7);
    Map<String, String> worst = new LinkedHashMap<>();
    worst.put("a", "a".repeat(bytes));
    worst.put("letters", drawn(random, LETTERS, bytes));
    worst.put("capitals", drawn(random, LETTERS, bytes).toUpperCase(Locale.ROOT));
    worst.put("spaces", " ".repeat(bytes));
    worst.put("tabs", "\t".repeat(bytes));
    worst.put("newlines", "\n".repeat(bytes));
    worst.put("CRLF", "\r\n".repeat(bytes / 2));
    worst.put("dashes", "-".repeat(bytes));
    worst.put("equals", "=".repeat(bytes));
    worst.put("signs", drawn(random, SIGNS, bytes));
    worst.put("blanks", drawn(random, " \t", bytes));
    worst.put("digits", "7".repeat(bytes));
    worst.put("Chinese", han(random, bytes / 3));
    worst.put("one Han", "的".repeat(bytes / 3));
    worst.put("base64", SampleTexts.base64(random, bytes, bytes));
    worst.put("marks", "a" + "\u0301".repeat(bytes / 2));
    worst.put("abab", "ab".repeat(bytes / 2));
    worst.put("Thai", drawn(random, THAI, bytes / 3));
    return worst;
  }

  private static String han(Random random, int characters) {
    Words han = Words.han();
    StringBuilder text = new StringBuilder();
    while (text.length() < characters) {
      text.append(han.next(random));
    }
    return text.toString();
  }

  private static String drawn(Random random, String from, int characters) {
    StringBuilder text = new StringBuilder();
    while (text.length() < characters) {
      text.append(from.charAt(random.nextInt(from.length())));
    }
    return text.toString();
  }
}
