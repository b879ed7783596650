package io.tokenmeter.measured.count;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The counter for a model: exact where its vocabulary is public, else an estimate.
 *
 * <p>A vocabulary is loaded when its first text is counted, once in a process.
 */
public final class Counters {
  /** More names than any catalogue has; beyond it a name is looked up each time. */
  private static final int REMEMBERED = 4096;

  private final VocabularyRegister register = VocabularyRegister.load();
  private final TextCounter unknown = new CharacterEstimate();
  private final Map<String, TextCounter> byModel = new ConcurrentHashMap<>();

  private Counters() {}

  private static final class Shared {
    static final Counters COUNTERS = new Counters();
  }

  /** The one of this process. */
  public static Counters shared() {
    return Shared.COUNTERS;
  }

  /**
   * The counter for a model's text. Never fails: a name that is not known gets what its provider's
   * models have in common, and where that is not known either an estimate by characters.
   *
   * @param provider in lower case, as in {@code openai}
   * @param model as a request or an answer names it; null when neither does
   */
  public TextCounter forModel(String provider, @Nullable String model) {
    String name = model == null ? "" : model;
    String key = provider + '\n' + name;
    TextCounter known = byModel.get(key);
    if (known != null) {
      return known;
    }
    TextCounter found = find(provider, ModelPattern.bareName(name));
    if (byModel.size() < REMEMBERED) {
      byModel.put(key, found);
    }
    return found;
  }

  private TextCounter find(String provider, String bareName) {
    Optional<VocabularyRegister.Entry> entry = register.find(bareName);
    if (entry.isPresent()) {
      return new VocabularyCounter(entry.get().encoding(), entry.get().assumed());
    }
    // A deployment's own name, or a model newer than the register.
    return provider.equals("openai") || provider.equals("azure")
        ? new VocabularyCounter(Encoding.O200K, true)
        : unknown;
  }
}
