package io.tokenmeter.measured.count;

import io.tokenmeter.measured.Provenance;
import java.util.Objects;

/**
 * The estimate where nothing is known of a model: by characters.
 *
 * <p>Source: the rule of thumb that GPTBots publishes with its prices. A token is 4 characters of
 * English, 1 of Chinese, Japanese, Korean or Thai, and 3 to 4 (here 3½) of French, Spanish, German,
 * Russian, Arabic and Hebrew. A language can't be told from single characters, so ASCII counts as
 * English and what is left as the third group. Rounded up.
 */
final class CharacterEstimate implements TextCounter {
  /** Common denominator of 1/4, 1 and 2/7. */
  private static final int WHOLE = 28;

  @Override
  public Provenance provenance() {
    return Provenance.ESTIMATED;
  }

  @Override
  public boolean assumed() {
    return false;
  }

  @Override
  public long count(byte[] utf8, int from, int to) {
    Objects.checkFromToIndex(from, to, utf8.length);
    long parts = 0;
    for (int i = from; i < to; i++) {
      int lead = utf8[i] & 0xFF;
      if (lead < 0x80) {
        parts += 7;
      } else if (lead >= 0xC0) {
        int next = i + 1 < to ? utf8[i + 1] & 0xFF : 0;
        parts += isSyllableOrIdeograph(lead, next) ? WHOLE : 8;
      }
    }
    return (parts + WHOLE - 1) / WHOLE;
  }

  /** U+0E00–0EFF (Thai, Lao), U+1100–11FF, U+2E80–D7FF and U+20000 on, by their first two bytes. */
  private static boolean isSyllableOrIdeograph(int lead, int next) {
    return (lead == 0xE0 && next >= 0xB8 && next < 0xBC)
        || (lead == 0xE1 && next >= 0x84 && next < 0x88)
        || (lead == 0xE2 && next >= 0xBA)
        || (lead >= 0xE3 && lead <= 0xED)
        || (lead == 0xF0 && next >= 0xA0);
  }
}
