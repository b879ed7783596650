package io.tokenmeter.measured.dialect;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A provider's figures, verbatim. A later figure replaces an earlier one of the same name, which is
 * what streams with running totals mean.
 */
public final class TokenFigures {
  private final Map<Figure, Long> tokens = new EnumMap<>(Figure.class);
  private boolean negative;

  TokenFigures() {}

  /** Sets a figure; null leaves it as it was. A negative one is taken as 0 and contradicts. */
  public void set(Figure figure, @Nullable Long value) {
    if (value != null) {
      negative |= value < 0;
      tokens.put(figure, Math.max(0, value));
    }
  }

  /** Adds to a figure; null adds nothing. */
  public void add(Figure figure, @Nullable Long value) {
    if (value != null) {
      set(figure, value < 0 ? value : Math.addExact(of(figure), value));
    }
  }

  /** Adds all figures that another has. */
  void add(TokenFigures other) {
    other.tokens.forEach(this::add);
    negative |= other.negative;
  }

  /** Forgets a figure. */
  public void drop(Figure figure) {
    tokens.remove(figure);
  }

  /** Forgets all: the next figures replace these as a whole. */
  public void clear() {
    tokens.clear();
  }

  public boolean has(Figure figure) {
    return tokens.containsKey(figure);
  }

  /** Tokens of a figure; 0 when it is absent. */
  public long of(Figure figure) {
    return tokens.getOrDefault(figure, 0L);
  }

  Set<Figure> figures() {
    return tokens.keySet();
  }

  boolean negative() {
    return negative;
  }

  boolean isEmpty() {
    return tokens.isEmpty();
  }
}
