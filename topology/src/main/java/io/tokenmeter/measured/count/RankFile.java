package io.tokenmeter.measured.count;

import com.knuddels.jtokkit.Encodings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;

/**
 * A vocabulary as tiktoken writes it down: one token a line, its bytes in base64 and its rank. A
 * rank is a token's number and its place in the order of merging.
 *
 * <p>The files are those in the jtokkit library, which are byte for byte those that OpenAI
 * publishes.
 */
final class RankFile {
  private final byte[][] tokens;

  private RankFile(byte[][] tokens) {
    this.tokens = tokens;
  }

  static RankFile load(Encoding encoding) {
    String name = "/com/knuddels/jtokkit/" + encoding.file();
    try (InputStream in = Encodings.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("vocabulary " + name + " is not on the class path");
      }
      return parse(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RankFile parse(byte[] file) {
    byte[][] tokens = new byte[1 << 16][];
    int at = 0;
    while (at < file.length) {
      int space = indexOf(file, ' ', at);
      int end = indexOf(file, '\n', space);
      int rank = 0;
      for (int i = space + 1; i < end && file[i] >= '0'; i++) {
        rank = 10 * rank + file[i] - '0';
      }
      if (rank >= tokens.length) {
        tokens = Arrays.copyOf(tokens, Math.max(rank + 1, tokens.length * 2));
      }
      tokens[rank] = Base64.getDecoder().decode(Arrays.copyOfRange(file, at, space));
      at = end + 1;
    }
    int size = tokens.length;
    while (size > 0 && tokens[size - 1] == null) {
      size--;
    }
    return new RankFile(Arrays.copyOf(tokens, size));
  }

  private static int indexOf(byte[] file, char c, int from) {
    int at = from;
    while (at < file.length && file[at] != c) {
      at++;
    }
    return at;
  }

  /** One more than the highest rank. */
  int size() {
    return tokens.length;
  }

  /** Whether there is a token of that rank; special tokens leave gaps. */
  boolean has(int rank) {
    return tokens[rank] != null;
  }

  /** The bytes of a token, not to be changed. */
  byte[] token(int rank) {
    return tokens[rank];
  }
}
