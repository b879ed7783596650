package io.tokenmeter.measured.count;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingRegistry;
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
 * <p>Arguments: vocabularies; all if none is given.
 */
final class CountComparison {
  private static final int SIZE = 1_000_000;
  private static final long LEAST_NANOS = 1_500_000_000L;

  private CountComparison() {}

  public static void main(String[] arguments) {
    EncodingRegistry registry = Encodings.newLazyEncodingRegistry();
    String[] names = arguments.length == 0 ? new String[] {"o200k", "cl100k"} : arguments;
    for (String name : names) {
      var reference = registry.getEncoding(EncodingType.fromName(name + "_base").orElseThrow());
      long start = System.nanoTime();
      Vocabulary vocabulary = Vocabulary.of(Encoding.valueOf(name.toUpperCase(Locale.ROOT)));
      System.out.printf("%s loaded in %d ms%n", name, (System.nanoTime() - start) / 1_000_000);
      System.out.printf(
          "%-16s %9s %9s %7s %9s%n", "text", "ours", "jtokkit", "ratio", "steps/byte");
      TextWalk walk = new TextWalk(vocabulary, 16);
      for (Map.Entry<String, String> kind : SampleTexts.kinds(SIZE).entrySet()) {
        byte[] utf8 = kind.getValue().getBytes(UTF_8);
        long steps = walk.steps();
        long counted = walk.count(utf8, 0, utf8.length);
        steps = walk.steps() - steps;
        double ours = speed(utf8, text -> walk.count(text, 0, text.length));
        boolean slow = kind.getKey().startsWith("1 MB");
        byte[] part = slow ? Arrays.copyOf(utf8, 100_000) : utf8;
        String text = new String(part, UTF_8);
        long expected = reference.countTokensOrdinary(text);
        double theirs = speed(part, ignored -> reference.countTokensOrdinary(text));
        System.out.printf(
            "%-16s %9.2f %9.2f %7.1f %9.2f %s%n",
            kind.getKey(),
            ours,
            theirs,
            ours / theirs,
            (double) steps / utf8.length,
            slow || counted == expected ? "" : "DIFFERS " + counted + " " + expected);
      }
    }
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
