package io.tokenmeter.measured.dialect;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A provider's figures, verbatim. A later figure replaces an earlier one of the same name, which is
 * what streams with running totals mean.
 */
public final class TokenFigures {
  private static final long ABSENT = -1;
  private final long[] tokens = new long[Figure.values().length];
  private boolean negative;

  TokenFigures() {
    clear();
  }

  /** Sets a figure; null leaves it as it was. A negative one is taken as 0 and contradicts. */
  public void set(Figure figure, @Nullable Long value) {
    if (value != null) {
      negative |= value < 0;
      tokens[figure.ordinal()] = Math.max(0, value);
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
    for (Figure figure : Figure.values()) {
      add(figure, other.has(figure) ? (Long) other.of(figure) : null);
    }
    negative |= other.negative;
  }

  /** Forgets a figure. */
  public void drop(Figure figure) {
    tokens[figure.ordinal()] = ABSENT;
  }

  /** Forgets all: the next figures replace these as a whole. */
  public void clear() {
    Arrays.fill(tokens, ABSENT);
  }

  public boolean has(Figure figure) {
    return tokens[figure.ordinal()] != ABSENT;
  }

  /** Tokens of a figure; 0 when it is absent. */
  public long of(Figure figure) {
    return Math.max(0, tokens[figure.ordinal()]);
  }

  boolean negative() {
    return negative;
  }

  boolean isEmpty() {
    for (long value : tokens) {
      if (value != ABSENT) {
        return false;
      }
    }
    return true;
  }
}
