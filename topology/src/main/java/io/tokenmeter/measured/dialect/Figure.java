package io.tokenmeter.measured.dialect;

/** A figure of a provider's usage, in tokens, before it is known what includes what. */
public enum Figure {
  INPUT,
  /** Input read from a cache. */
  CACHED,
  /** Of the cached, audio; in both {@link #CACHED} and {@link #INPUT_AUDIO}. */
  CACHED_AUDIO,
  /** Of the cached, images; in both {@link #CACHED} and {@link #INPUT_IMAGE}. */
  CACHED_IMAGE,
  /** Input written to a cache, whatever its lifetime. */
  CACHE_WRITE,
  /** Of {@link #CACHE_WRITE}, what lives 5 minutes. */
  CACHE_WRITE_5M,
  /** Of {@link #CACHE_WRITE}, what lives an hour. */
  CACHE_WRITE_1H,
  INPUT_AUDIO,
  INPUT_IMAGE,
  /** Input beside {@link #INPUT} that tools at the provider brought. */
  TOOL_INPUT,
  OUTPUT,
  REASONING,
  OUTPUT_AUDIO,
  OUTPUT_IMAGE,
  TOTAL
}
