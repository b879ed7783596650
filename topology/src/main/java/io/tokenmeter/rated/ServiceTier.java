package io.tokenmeter.rated;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Names of service tiers, as the book has them.
 *
 * <p>OpenAI answers {@code default}, {@code flex} or {@code priority} in {@code service_tier} and
 * takes {@code auto} in a request; Anthropic answers {@code standard}, {@code batch} or {@code
 * priority} in {@code usage.service_tier} and takes {@code auto} and {@code standard_only}; Groq
 * takes and answers {@code on_demand}. Sources: the providers' API references for those fields.
 */
final class ServiceTier {
  private ServiceTier() {}

  /** The tier in the book's word: {@code standard} where nothing or the ordinary one is named. */
  static String of(@Nullable String spelled) {
    if (spelled == null) {
      return "standard";
    }
    return switch (spelled) {
      case "", "default", "auto", "standard", "standard_only", "on_demand" -> "standard";
      case "batch", "flex", "priority" -> spelled;
      default -> {
        String lower = spelled.toLowerCase(Locale.ROOT);
        yield lower.equals(spelled) ? spelled : of(lower);
      }
    };
  }
}
