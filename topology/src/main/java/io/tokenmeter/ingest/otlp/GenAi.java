package io.tokenmeter.ingest.otlp;

import io.tokenmeter.measured.Meter;
import io.tokenmeter.raw.InvalidRecordException;
import io.tokenmeter.raw.Quantity;
import io.tokenmeter.raw.Rejection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the attributes of the conventions for generative AI mean here, version 1.41.0.
 *
 * <p>By them {@code gen_ai.usage.input_tokens} "SHOULD include all types of input tokens, including
 * cached tokens", so {@code cache_read} and {@code cache_creation} are parts of it (also for
 * Anthropic, whose own figures exclude them and have to be added up by the instrumentation); and
 * {@code reasoning} "SHOULD be included in {@code gen_ai.usage.output_tokens}". What is left of a
 * whole without its parts is a meter of its own, so that a token is in one meter alone. Parts that
 * are larger than their whole show that an instrumentation counts otherwise, and are refused.
 */
final class GenAi {
  static final String OPERATION = "gen_ai.operation.name";
  static final String PROVIDER = "gen_ai.provider.name";
  static final String REQUEST_MODEL = "gen_ai.request.model";
  static final String RESPONSE_MODEL = "gen_ai.response.model";
  static final String SERVICE_TIER = "openai.response.service_tier";
  static final String INPUT = "gen_ai.usage.input_tokens";
  static final String OUTPUT = "gen_ai.usage.output_tokens";
  static final String CACHE_READ = "gen_ai.usage.cache_read.input_tokens";
  static final String CACHE_CREATION = "gen_ai.usage.cache_creation.input_tokens";
  static final String REASONING = "gen_ai.usage.reasoning.output_tokens";

  /** Names that the conventions have given up, for those above. */
  private static final Map<String, String> FORMER =
      Map.of(
          PROVIDER, "gen_ai.system",
          INPUT, "gen_ai.usage.prompt_tokens",
          OUTPUT, "gen_ai.usage.completion_tokens",
          SERVICE_TIER, "gen_ai.openai.response.service_tier");

  /** Of no version of the conventions: some who send them count them in, and some don't. */
  private static final Set<String> AMBIGUOUS =
      Set.of(
          "gen_ai.usage.cache_read_input_tokens",
          "gen_ai.usage.cache_creation_input_tokens",
          "gen_ai.usage.cached_input_tokens",
          "gen_ai.usage.reasoning_tokens");

  /** Providers by the conventions' names, where ours are others. */
  private static final Map<String, String> PROVIDERS =
      Map.ofEntries(
          Map.entry("azure.ai.openai", "azure"),
          Map.entry("az.ai.openai", "azure"),
          Map.entry("azure.ai.inference", "azure"),
          Map.entry("az.ai.inference", "azure"),
          Map.entry("aws.bedrock", "bedrock"),
          Map.entry("gcp.gemini", "google"),
          Map.entry("gcp.gen_ai", "google"),
          Map.entry("gcp.vertex_ai", "google"),
          Map.entry("gemini", "google"),
          Map.entry("vertex_ai", "google"),
          Map.entry("mistral_ai", "mistral"),
          Map.entry("x_ai", "xai"),
          Map.entry("ibm.watsonx.ai", "watsonx"));

  private GenAi() {}

  /** The attributes that are read here. */
  static Set<String> names() {
    Set<String> names =
        new HashSet<>(
            Set.of(
                OPERATION,
                PROVIDER,
                REQUEST_MODEL,
                RESPONSE_MODEL,
                SERVICE_TIER,
                INPUT,
                OUTPUT,
                CACHE_READ,
                CACHE_CREATION,
                REASONING));
    names.addAll(FORMER.values());
    names.addAll(AMBIGUOUS);
    return names;
  }

  /** Whether a span tells how many tokens something took. */
  static boolean tellsUsage(Span span) {
    return Set.of(INPUT, OUTPUT, CACHE_READ, CACHE_CREATION, REASONING).stream()
            .anyMatch(name -> attribute(span, name) != null)
        || AMBIGUOUS.stream().anyMatch(name -> span.attribute(name) != null);
  }

  /** Who was called, by the name that he has here; null when the span doesn't say. */
  static @Nullable String provider(Span span) {
    String name = text(span, PROVIDER);
    if (name == null) {
      return null;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    return PROVIDERS.getOrDefault(lower, lower);
  }

  /** What was asked for, as prices go by it; what answered where that isn't said. */
  static @Nullable String model(Span span) {
    String asked = text(span, REQUEST_MODEL);
    return asked == null ? text(span, RESPONSE_MODEL) : asked;
  }

  /** An attribute's text; null when there is none, or of another form. */
  static @Nullable String text(Span span, String name) {
    return attribute(span, name) instanceof Attribute.Text text && !text.value().isEmpty()
        ? text.value()
        : null;
  }

  /**
   * The tokens of a call, each in one meter; those with 0 are left out.
   *
   * @throws InvalidRecordException when they can't be told apart
   */
  static Map<Meter, Quantity> tokens(Span span, Operation.Kind kind) {
    refuseAmbiguous(span);
    Map<Meter, Quantity> tokens = new EnumMap<>(Meter.class);
    switch (kind) {
      case GENERATION -> {
        long read = number(span, CACHE_READ);
        long written = number(span, CACHE_CREATION);
        long reasoning = number(span, REASONING);
        put(tokens, Meter.INPUT_TOKENS, rest(span, INPUT, Math.addExact(read, written)));
        put(tokens, Meter.CACHED_INPUT_TOKENS, read);
        // How long they are kept isn't told; this is the meter for that.
        put(tokens, Meter.CACHE_WRITE_5M_TOKENS, written);
        put(tokens, Meter.OUTPUT_TOKENS, rest(span, OUTPUT, reasoning));
        put(tokens, Meter.REASONING_TOKENS, reasoning);
      }
      case EMBEDDING -> {
        if (number(span, CACHE_READ) + number(span, CACHE_CREATION) + number(span, OUTPUT) > 0) {
          throw invalid("an embedding has cached or output tokens; it can have input tokens alone");
        }
        put(tokens, Meter.EMBEDDING_TOKENS, number(span, INPUT));
      }
      case AROUND_CALLS -> {
        // Those of the calls within, which have spans of their own.
      }
    }
    return tokens;
  }

  private static void put(Map<Meter, Quantity> tokens, Meter meter, long count) {
    if (count > 0) {
      tokens.put(meter, Quantity.of(count));
    }
  }

  /** What a whole has besides its parts. */
  private static long rest(Span span, String whole, long parts) {
    long all = number(span, whole);
    if (parts > all) {
      throw invalid(
          whole
              + " is "
              + all
              + " and its parts are "
              + parts
              + "; by the conventions it includes them, so have the instrumentation add them up");
    }
    return all - parts;
  }

  private static long number(Span span, String name) {
    Attribute value = attribute(span, name);
    if (value == null) {
      return 0;
    }
    if (value instanceof Attribute.Whole whole
        && whole.value() >= 0
        && whole.value() <= Quantity.MAX.longValueExact()) {
      return whole.value();
    }
    throw new InvalidRecordException(
        Rejection.INVALID_QUANTITY,
        name + " is no whole number from 0 to " + Quantity.MAX + "; send it as intValue");
  }

  private static void refuseAmbiguous(Span span) {
    for (String name : AMBIGUOUS) {
      Attribute value = span.attribute(name);
      if (value != null && !value.equals(new Attribute.Whole(0))) {
        throw invalid(
            name
                + " isn't of the conventions, and doesn't say what includes it; send "
                + (name.contains("reasoning")
                    ? REASONING
                    : name.contains("creation") ? CACHE_CREATION : CACHE_READ));
      }
    }
  }

  private static @Nullable Attribute attribute(Span span, String name) {
    Attribute value = span.attribute(name);
    String former = FORMER.get(name);
    return value == null && former != null ? span.attribute(former) : value;
  }

  private static InvalidRecordException invalid(String message) {
    return new InvalidRecordException(Rejection.INVALID_FIELD, message);
  }
}
