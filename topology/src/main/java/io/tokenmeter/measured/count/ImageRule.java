package io.tokenmeter.measured.count;

import java.util.OptionalLong;

/** A way to price an image in tokens. In whole numbers: no rounding of a scaled side is lost. */
sealed interface ImageRule {
  OptionalLong tokens(ImageSize size, Detail detail);

  /**
   * A base and so many tokens a tile of 512 pixels, after fitting the image into a square of 2048
   * and its short side to 768; nothing is scaled up. Low detail is the base alone.
   */
  record Tiles(long base, long tile) implements ImageRule {
    private static final long SQUARE = 2048;
    private static final long SHORT_SIDE = 768;

    @Override
    public OptionalLong tokens(ImageSize size, Detail detail) {
      return OptionalLong.of(
          switch (detail) {
            case LOW -> base;
            case HIGH, AUTO -> base + tile * tiles(size);
          });
    }

    private static long tiles(ImageSize size) {
      long longSide = Math.max(size.width(), size.height());
      long shortSide = Math.min(size.width(), size.height());
      long square = Math.max(longSide, SQUARE); // long side as scaled = longSide × 2048 ÷ square
      if (shortSide * SQUARE > SHORT_SIDE * square) {
        return ceil(SHORT_SIDE, TILE) * ceil(SHORT_SIDE * longSide, TILE * shortSide);
      }
      return ceil(longSide * SQUARE, TILE * square) * ceil(shortSide * SQUARE, TILE * square);
    }
  }

  /** A base and so many tokens a tile of 512 pixels of the image as it is, at any detail. */
  record UnscaledTiles(long base, long tile) implements ImageRule {
    @Override
    public OptionalLong tokens(ImageSize size, Detail detail) {
      return OptionalLong.of(base + tile * ceil(size.width(), TILE) * ceil(size.height(), TILE));
    }
  }

  /**
   * The input of OpenAI's first image model: its short side is scaled to 512, then a base and so
   * many tokens a tile. High detail, which that interface calls input fidelity, adds 4096 to a
   * square image and 6144 to others.
   */
  record FidelityTiles(long base, long tile, long highSquare, long highOther) implements ImageRule {
    @Override
    public OptionalLong tokens(ImageSize size, Detail detail) {
      long longSide = Math.max(size.width(), size.height());
      long shortSide = Math.min(size.width(), size.height());
      long tokens = base + tile * ceil(longSide, shortSide);
      return OptionalLong.of(
          switch (detail) {
            case LOW, AUTO -> tokens;
            case HIGH -> tokens + (longSide == shortSide ? highSquare : highOther);
          });
    }
  }

  /**
   * Patches of 32 pixels, at most so many, times a factor, rounded up. An image with more is scaled
   * so that they fit, one side to a whole number of patches. What low detail costs is not
   * published.
   *
   * @param hundredths the factor, in hundredths
   */
  record Patches(long most, long hundredths) implements ImageRule {
    private static final long PATCH = 32;

    @Override
    public OptionalLong tokens(ImageSize size, Detail detail) {
      return switch (detail) {
        case LOW -> OptionalLong.empty();
        case HIGH, AUTO -> OptionalLong.of(ceil(patches(size) * hundredths, 100));
      };
    }

    private long patches(ImageSize size) {
      long width = size.width();
      long height = size.height();
      long whole = ceil(width, PATCH) * ceil(height, PATCH);
      if (whole <= most) {
        return whole;
      }
      // Scaled to just the budget the sides are √(most × w ÷ h) and √(most × h ÷ w) patches.
      long across = Math.max(1, root(most * width / height));
      long down = Math.max(1, root(most * height / width));
      // The side that loses more of itself to whole patches sets the scale.
      long scaled =
          across * height < down * width
              ? across * ceil(across * height, width)
              : down * ceil(down * width, height);
      return Math.min(most, scaled);
    }

    /** The whole part of a square root. */
    private static long root(long square) {
      long root = 0;
      for (long bit = 1L << 30; bit > 0; bit >>= 1) {
        if ((root + bit) * (root + bit) <= square) {
          root += bit;
        }
      }
      return root;
    }
  }

  long TILE = 512;

  private static long ceil(long dividend, long divisor) {
    return (dividend + divisor - 1) / divisor;
  }
}
