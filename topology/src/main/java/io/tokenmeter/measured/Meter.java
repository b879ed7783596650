package io.tokenmeter.measured;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What can be counted. The names on the wire are the constants' in lower case.
 *
 * <p>The token meters are disjoint: a token is in exactly one. Their sum over an exchange is the
 * provider's total.
 */
public enum Meter {
  /** Text tokens of the input that no cache served. */
  INPUT_TOKENS(Side.INPUT),
  /** Input tokens that the provider read from its cache. */
  CACHED_INPUT_TOKENS(Side.INPUT),
  /** Input tokens that the provider wrote to a cache living 5 minutes (or an unstated time). */
  CACHE_WRITE_5M_TOKENS(Side.INPUT),
  /** Input tokens that the provider wrote to a cache living an hour. */
  CACHE_WRITE_1H_TOKENS(Side.INPUT),
  /** Tokens of audio in the input. */
  INPUT_AUDIO_TOKENS(Side.INPUT),
  /** Tokens of audio in the input that the provider read from its cache. */
  CACHED_AUDIO_TOKENS(Side.INPUT),
  /** Tokens of images in the input, where the provider tells them from text. */
  INPUT_IMAGE_TOKENS(Side.INPUT),
  /** Tokens of an embedding's input. */
  EMBEDDING_TOKENS(Side.INPUT),
  /** Tokens of a rerank's query and documents. */
  RERANK_TOKENS(Side.INPUT),
  /** Text tokens of the output that the caller sees. */
  OUTPUT_TOKENS(Side.OUTPUT),
  /** Tokens that a model spent thinking. */
  REASONING_TOKENS(Side.OUTPUT),
  /** Tokens of audio in the output. */
  OUTPUT_AUDIO_TOKENS(Side.OUTPUT),
  /** Tokens of images in the output. */
  OUTPUT_IMAGE_TOKENS(Side.OUTPUT),
  /** Tokens that a model was trained on, times the epochs. */
  TRAINING_TOKENS(Side.NEITHER),
  /** A provider's unit of search, as Cohere bills a rerank. */
  SEARCH_UNITS(Side.NEITHER),
  /** Images made; dimensions {@code size} and {@code quality}. */
  IMAGES(Side.NEITHER),
  /** Seconds of audio read. */
  AUDIO_SECONDS(Side.NEITHER),
  /** Characters read aloud. */
  TTS_CHARACTERS(Side.NEITHER),
  /** Pages of documents read. */
  PAGES(Side.NEITHER),
  /** Searches of the web by the provider. */
  WEB_SEARCHES(Side.NEITHER),
  /** Calls of a paid tool at the provider; dimension {@code tool}. */
  TOOL_CALLS(Side.NEITHER),
  /** Calls: 1 for each exchange. */
  REQUESTS(Side.NEITHER),
  /** Tokens of stored knowledge, times the days they were stored. */
  STORAGE_TOKEN_DAYS(Side.NEITHER);

  /** The side of an exchange whose tokens a meter counts. */
  public enum Side {
    INPUT,
    OUTPUT,
    /** Not tokens of an exchange. */
    NEITHER
  }

  private static final Map<String, Meter> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(Meter::wireName, Function.identity()));

  private final Side side;
  private final String wireName = name().toLowerCase(Locale.ROOT);

  Meter(Side side) {
    this.side = side;
  }

  public Side side() {
    return side;
  }

  /** As on the wire, in price books and in answers: {@code input_tokens}. */
  public String wireName() {
    return wireName;
  }

  /** The meter of that name on the wire; empty when there is none. */
  public static Optional<Meter> named(String wireName) {
    return Optional.ofNullable(BY_NAME.get(wireName));
  }
}
