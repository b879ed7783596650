package io.tokenmeter.measured.count;

/** OpenAI's public vocabularies, as tiktoken names them. */
enum Encoding {
  R50K("r50k_base.tiktoken"),
  P50K("p50k_base.tiktoken"),
  CL100K("cl100k_base.tiktoken"),
  O200K("o200k_base.tiktoken");

  private final String file;

  Encoding(String file) {
    this.file = file;
  }

  String file() {
    return file;
  }

  Splitter splitter() {
    return switch (this) {
      case R50K, P50K -> new Gpt2Splitter();
      case CL100K -> new Cl100kSplitter();
      case O200K -> new O200kSplitter();
    };
  }
}
