package io.tokenmeter.measured.count;

import java.util.Optional;

/**
 * Reads an image's size off the head of its file.
 *
 * <p>Formats: PNG (ISO/IEC 15948, IHDR), GIF89a (logical screen descriptor), WebP (RFC 9649: VP8,
 * VP8L, VP8X), JPEG (ITU-T T.81, frame header) with EXIF 2.3 orientation (tag 0x0112).
 */
final class ImageHeader {
  private static final int ORIENTATION = 0x0112;

  private ImageHeader() {}

  static Optional<ImageSize> size(ImageBytes image) {
    if (image.has(1, "PNG\r\n") && image.at(0) == 0x89 && image.has(12, "IHDR")) {
      return checked(image.big32(16), image.big32(20));
    }
    if (image.has(0, "GIF87a") || image.has(0, "GIF89a")) {
      return checked(image.little16(6), image.little16(8));
    }
    if (image.has(0, "RIFF") && image.has(8, "WEBP")) {
      return webp(image);
    }
    return image.big16(0) == 0xFFD8 ? jpeg(image) : Optional.empty();
  }

  private static Optional<ImageSize> webp(ImageBytes image) {
    if (image.has(12, "VP8X")) {
      return image.little24(27) < 0
          ? Optional.empty()
          : checked(image.little24(24) + 1L, image.little24(27) + 1L);
    }
    if (image.has(12, "VP8L") && image.at(20) == 0x2F) {
      long bits = image.little32(21);
      return bits < 0 ? Optional.empty() : checked((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1);
    }
    if (image.has(12, "VP8 ") && image.little24(23) == 0x2A019D && image.little16(28) >= 0) {
      return checked(image.little16(26) & 0x3FFF, image.little16(28) & 0x3FFF);
    }
    return Optional.empty();
  }

  /** Walks the segments to the frame header; the orientation stands before it, in APP1. */
  private static Optional<ImageSize> jpeg(ImageBytes image) {
    boolean turned = false;
    long at = 2;
    while (image.at(at) == 0xFF) {
      int marker = image.at(at + 1);
      if (marker == 0xFF) {
        at++; // a fill byte
        continue;
      }
      if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) {
        at += 2; // stands alone, without a length
        continue;
      }
      int length = image.big16(at + 2);
      if (length < 2 || marker == 0xD9 || marker == 0xDA) {
        return Optional.empty();
      }
      if (isFrame(marker)) {
        int height = image.big16(at + 5);
        int width = image.big16(at + 7);
        return turned ? checked(height, width) : checked(width, height);
      }
      if (marker == 0xE1 && image.has(at + 4, "Exif\0\0")) {
        turned = orientation(image, at + 10) >= 5;
      }
      at += 2 + length;
    }
    return Optional.empty();
  }

  /** SOF0 to SOF15, but DHT (C4), JPG (C8) and DAC (CC), which share their range. */
  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  /** 1 to 8; 5 to 8 swap width and height. 1 where the file says nothing. */
  private static int orientation(ImageBytes image, long tiff) {
    boolean little = image.has(tiff, "II");
    long directory = tiff + (little ? image.little32(tiff + 4) : image.big32(tiff + 4));
    int entries = little ? image.little16(directory) : image.big16(directory);
    for (int i = 0; i < entries; i++) {
      long entry = directory + 2 + 12L * i;
      int tag = little ? image.little16(entry) : image.big16(entry);
      if (tag == ORIENTATION) {
        int value = little ? image.little16(entry + 8) : image.big16(entry + 8);
        return value >= 1 && value <= 8 ? value : 1;
      }
    }
    return 1;
  }

  private static Optional<ImageSize> checked(long width, long height) {
    return width < 1 || height < 1 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE
        ? Optional.empty()
        : Optional.of(new ImageSize((int) width, (int) height));
  }
}
