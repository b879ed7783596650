package io.tokenmeter.measured.count;

/** OpenAI's public vocabularies, as tiktoken names them. */
enum Encoding {
  R50K,
  P50K,
  CL100K,
  O200K
}
