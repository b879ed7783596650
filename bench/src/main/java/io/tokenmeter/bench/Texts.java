package io.tokenmeter.bench;

import io.tokenmeter.measured.count.SampleTexts;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Text that was never seen before: slices of made-up text in several languages, code and JSON, each
 * from another place, so that no memo of whole messages knows them. The same on each run.
 */
final class Texts {
  private static final int SAMPLE_BYTES = 2_000_000;
  private static final Map<String, String> KINDS = SampleTexts.kinds(SAMPLE_BYTES);

  /** By how much of each is in what a gateway sees. */
  private static final List<String> MIX =
      List.of(
          "english", "english", "english", "english", "code", "code", "json", "french", "chinese",
          "persian");

  private final Random random;

  Texts(long seed) {
    this.random = new Random(seed);
  }

  /** About so many bytes of one kind in UTF-8. */
  String next(int bytes) {
    String kind = KINDS.get(MIX.get(random.nextInt(MIX.size())));
    int characters = (int) ((long) bytes * kind.length() / SAMPLE_BYTES);
    int start = random.nextInt(kind.length() - characters);
    // Half of a pair of surrogates would be no text.
    if (Character.isLowSurrogate(kind.charAt(start))) {
      start++;
      characters--;
    }
    int end = start + characters;
    return kind.substring(start, Character.isLowSurrogate(kind.charAt(end)) ? end - 1 : end);
  }
}
