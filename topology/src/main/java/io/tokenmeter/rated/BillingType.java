package io.tokenmeter.rated;

import io.tokenmeter.measured.Meter;
import io.tokenmeter.measured.MeterReading;
import io.tokenmeter.measured.Operation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a charge is counted as: the ten billing types that GPTBots' page "Service, Credit &amp;
 * Pricing" lists under credit consumption, in its order.
 */
public enum BillingType {
  /** A model called with text and images in and out. */
  LLM_TEXT_CHAT,
  /** An audio model called with audio in or out. */
  LLM_AUDIO_CHAT,
  /** Speech turned into text. */
  ASR,
  /** Text turned into speech. */
  TTS,
  /** Questions and knowledge embedded. */
  KNOWLEDGE_INDEX,
  /** Knowledge stored, by the day. */
  KNOWLEDGE_STORAGE,
  /** A paid tool called. */
  TOOL_CALL,
  /** Retrieved knowledge reranked. */
  KNOWLEDGE_RERANK,
  /** Documents turned into fields, and charts drawn from queries: only by attribute. */
  DATABASE_PROCESSING,
  /** Questions classified and their mood read: only by attribute. */
  QUESTION_RECOGNITION;

  /** The attribute, and the condition of a usage, that says the type outright. */
  public static final String ATTRIBUTE = "billing_type";

  /** The type of that name; empty when there is none. */
  public static Optional<BillingType> named(String name) {
    return Arrays.stream(values()).filter(t -> t.name().equals(name)).findFirst();
  }

  /**
   * What a usage counts as. The first that applies: the attribute {@code billing_type} where it
   * names a type; the operation, where that settles it; the first positive reading that does, of
   * tokens if there are any; else {@link #LLM_TEXT_CHAT}. The two types that no wire protocol shows
   * come by attribute alone.
   *
   * @param readings what was used
   * @param conditions of the usage: {@code billing_type}, {@code operation} and more
   */
  public static BillingType of(List<MeterReading> readings, Map<String, String> conditions) {
    Optional<BillingType> said =
        Optional.ofNullable(conditions.get(ATTRIBUTE)).flatMap(BillingType::named);
    if (said.isPresent()) {
      return said.get();
    }
    return Optional.ofNullable(conditions.get(Condition.OPERATION.wireName()))
        .flatMap(Operation::named)
        .flatMap(BillingType::of)
        .or(() -> byMeters(readings))
        .orElse(LLM_TEXT_CHAT);
  }

  /** Tokens come first: a chat that searched the web is a chat. */
  private static Optional<BillingType> byMeters(List<MeterReading> readings) {
    List<Meter> used =
        readings.stream().filter(r -> !r.quantity().isZero()).map(MeterReading::meter).toList();
    List<Meter> tokens = used.stream().filter(m -> m.side() != Meter.Side.NEITHER).toList();
    return (tokens.isEmpty() ? used : tokens).stream().flatMap(m -> of(m).stream()).findFirst();
  }

  /** Chats, batches and usage records are told by their meters. */
  private static Optional<BillingType> of(Operation operation) {
    return switch (operation) {
      case EMBEDDINGS -> Optional.of(KNOWLEDGE_INDEX);
      case RERANK -> Optional.of(KNOWLEDGE_RERANK);
      case TRANSCRIPTION, TRANSLATION -> Optional.of(ASR);
      case SPEECH -> Optional.of(TTS);
      case IMAGE_GENERATION, MODERATION, FINE_TUNING, OCR -> Optional.of(LLM_TEXT_CHAT);
      case CHAT, TEXT_COMPLETION, GENERATE_CONTENT, BATCH, NOT_METERED, USAGE -> Optional.empty();
    };
  }

  /** Text tokens and calls settle nothing: an audio chat has them too. */
  private static Optional<BillingType> of(Meter meter) {
    return switch (meter) {
      case INPUT_AUDIO_TOKENS, CACHED_AUDIO_TOKENS, OUTPUT_AUDIO_TOKENS ->
          Optional.of(LLM_AUDIO_CHAT);
      case EMBEDDING_TOKENS -> Optional.of(KNOWLEDGE_INDEX);
      case RERANK_TOKENS, SEARCH_UNITS -> Optional.of(KNOWLEDGE_RERANK);
      case AUDIO_SECONDS -> Optional.of(ASR);
      case TTS_CHARACTERS -> Optional.of(TTS);
      case STORAGE_TOKEN_DAYS -> Optional.of(KNOWLEDGE_STORAGE);
      case INPUT_TOKENS,
          CACHED_INPUT_TOKENS,
          CACHE_WRITE_5M_TOKENS,
          CACHE_WRITE_1H_TOKENS,
          INPUT_IMAGE_TOKENS,
          OUTPUT_TOKENS,
          REASONING_TOKENS,
          OUTPUT_IMAGE_TOKENS,
          TRAINING_TOKENS,
          IMAGES,
          PAGES,
          REQUESTS ->
          Optional.empty();
      case WEB_SEARCHES, TOOL_CALLS -> Optional.of(TOOL_CALL);
    };
  }
}
