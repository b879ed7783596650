package io.tokenmeter.measured.count;

import io.tokenmeter.measured.Provenance;

/** Counts exactly, with a public vocabulary. */
record VocabularyCounter(Tokenizer tokenizer, boolean assumed) implements TextCounter {
  @Override
  public Provenance provenance() {
    return Provenance.TOKENIZED;
  }

  @Override
  public long count(byte[] utf8, int from, int to) {
    return tokenizer.count(utf8, from, to);
  }
}
