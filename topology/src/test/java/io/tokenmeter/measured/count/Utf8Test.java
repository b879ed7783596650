package io.tokenmeter.measured.count;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {
  /** Bytes at the limits of each rule, so that random sequences meet them often. */
  private static final byte[] EDGES =
      HexFormat.of().parseHex("0041617F80808F909FA0BFBFC0C1C2DFE0E1ECEDEEEFF0F1F3F4F5FF");

  @Test
  void knowsWellFormedBytesAsTheJdkDoes() {
    Random random = new Random(3);
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = new byte[random.nextInt(14)];
      for (int at = 0; at < bytes.length; at++) {
        bytes[at] = EDGES[random.nextInt(EDGES.length)];
      }
      boolean same = Arrays.equals(new String(bytes, UTF_8).getBytes(UTF_8), bytes);
      assertThat(Utf8.isWellFormed(bytes, 0, bytes.length))
          .as(HexFormat.of().formatHex(bytes))
          .isEqualTo(same);
    }
  }

  @Test
  void replacesEachLoneSurrogateAndKeepsPairs() {
    assertThat(new String(Utf8.bytes("a\uDC00\uD83D\uDE00\uD83Db\uD83D"), UTF_8))
        .isEqualTo("a\uFFFD\uD83D\uDE00\uFFFDb\uFFFD");
  }
}
