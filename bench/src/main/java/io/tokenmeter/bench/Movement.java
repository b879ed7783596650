package io.tokenmeter.bench;

import io.tokenmeter.bench.Target.Better;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a figure stands to what it was.
 *
 * <p>A figure has moved when its runs and the earlier ones don't overlap and the medians are more
 * than a twentieth apart. A figure of a single run has no spread of its own, so a fifth is taken
 * for noise there.
 */
enum Movement {
  NEW,
  SAME,
  BETTER,
  WORSE;

  private static final double NOISE = 0.05;
  private static final double NOISE_OF_ONE_RUN = 0.20;

  static Movement of(@Nullable Figure before, Figure now) {
    if (before == null) {
      return NEW;
    }
    boolean apart = now.low() > before.high() || now.high() < before.low();
    double noise = before.runs() == 1 || now.runs() == 1 ? NOISE_OF_ONE_RUN : NOISE;
    if (!apart || Math.abs(now.value() - before.value()) <= noise * Math.abs(before.value())) {
      return SAME;
    }
    boolean lower = now.value() < before.value();
    return lower == (now.target().better() == Better.LOWER) ? BETTER : WORSE;
  }

  /** As in {@code better by 12%}; empty for what is the same or new. */
  static String shown(@Nullable Figure before, Figure now) {
    Movement moved = of(before, now);
    if (before == null || moved == SAME || moved == NEW) {
      return "";
    }
    double share = 100 * Math.abs(now.value() / before.value() - 1);
    return moved.name().toLowerCase(Locale.ROOT)
        + String.format(Locale.ROOT, " by %.0f%%", share)
        + ", was "
        + before.shown();
  }
}
