package io.tokenmeter.measured.count;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingType;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Prints how fast we count and how fast jtokkit does, by kind of text, in megabytes a second of one
 * thread's CPU time, both in the same run.
 *
 * <p>Arguments: a vocabulary, else o200k; and the beginning of a kind's name, else all kinds. Of
 * the worst kinds the library gets a tenth, or it would take minutes.
 */
final class CountComparison {
  private static final int SIZE = 1_000_000;
  private static final long LEAST_NANOS = 1_000_000_000L;

  private CountComparison() {}

  public static void main(String[] arguments) {
    String name = arguments.length > 0 ? arguments[0] : "o200k";
    String kinds = arguments.length > 1 ? arguments[1] : "";
    Encoding encoding = Encoding.valueOf(name.toUpperCase(Locale.ROOT));
    long start = System.nanoTime();
    TextWalk walk = new TextWalk(Vocabulary.of(encoding), 16);
    System.out.printf("%s loaded in %d ms%n", name, (System.nanoTime() - start) / 1_000_000);
    var reference =
        Encodings.newLazyEncodingRegistry()
            .getEncoding(EncodingType.fromName(name + "_base").orElseThrow());
    System.out.printf("%-14s %8s %8s %6s %11s%n", "text", "ours", "jtokkit", "ratio", "tried/byte");
    for (Map.Entry<String, String> kind : SampleTexts.kinds(SIZE).entrySet()) {
      if (kind.getKey().startsWith(kinds)) {
        boolean worst = kind.getKey().startsWith("1 MB");
        compare(kind.getKey(), kind.getValue(), worst ? 10 : 1, walk, reference);
      }
    }
  }

  private static void compare(
      String kind,
      String text,
      int part,
      TextWalk walk,
      com.knuddels.jtokkit.api.Encoding reference) {
    byte[] utf8 = text.getBytes(UTF_8);
    long before = walk.steps();
    walk.count(utf8, 0, utf8.length);
    double tried = (double) (walk.steps() - before) / utf8.length;
    byte[] less = Arrays.copyOf(utf8, utf8.length / part);
    String lessText = new String(less, UTF_8);
    double ours = speed(utf8, bytes -> walk.count(bytes, 0, bytes.length));
    double theirs = speed(less, bytes -> reference.countTokensOrdinary(lessText));
    System.out.printf("%-14s %8.2f %8.2f %6.1f %11.2f%n", kind, ours, theirs, ours / theirs, tried);
  }

  private static double speed(byte[] utf8, ToLongFunction<byte[]> counter) {
    var threads = ManagementFactory.getThreadMXBean();
    long checksum = 0;
    double best = 0;
    for (int round = 0; round < 3; round++) {
      long start = threads.getCurrentThreadCpuTime();
      long passes = 0;
      long nanos;
      do {
        checksum += counter.applyAsLong(utf8);
        passes++;
        nanos = threads.getCurrentThreadCpuTime() - start;
      } while (nanos < LEAST_NANOS / 3);
      best = Math.max(best, 1e3 * passes * utf8.length / nanos);
    }
    if (checksum == 42) {
      System.out.println();
    }
    return best;
  }
}
