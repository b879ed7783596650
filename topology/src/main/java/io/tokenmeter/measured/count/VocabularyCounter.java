package io.tokenmeter.measured.count;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import io.tokenmeter.measured.Provenance;
import java.util.Objects;

/** Counts exactly, with a public vocabulary. */
record VocabularyCounter(Encoding encoding, boolean assumed) implements TextCounter {
  private static final EncodingRegistry REGISTRY = Encodings.newLazyEncodingRegistry();

  @Override
  public Provenance provenance() {
    return Provenance.TOKENIZED;
  }

  @Override
  public long count(byte[] utf8, int from, int to) {
    Objects.checkFromToIndex(from, to, utf8.length);
    EncodingType type =
        switch (encoding) {
          case R50K -> EncodingType.R50K_BASE;
          case P50K -> EncodingType.P50K_BASE;
          case CL100K -> EncodingType.CL100K_BASE;
          case O200K -> EncodingType.O200K_BASE;
        };
    return REGISTRY.getEncoding(type).countTokensOrdinary(new String(utf8, from, to - from, UTF_8));
  }
}
