package io.tokenmeter.app;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Makes a picture of a page small: of its colours the most frequent stay as they are, and the rest,
 * which are the edges of letters, become the nearest of those.
 */
final class SmallPng {
  private static final int COLOURS = 256;

  private SmallPng() {}

  static byte[] of(byte[] png) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    int[] pixels =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    List<Integer> palette = palette(pixels);
    Map<Integer, Integer> places = new HashMap<>();
    BufferedImage small =
        new BufferedImage(
            image.getWidth(),
            image.getHeight(),
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(
                Byte.SIZE,
                palette.size(),
                palette.stream().mapToInt(Integer::intValue).toArray(),
                0,
                false,
                -1,
                DataBuffer.TYPE_BYTE));
    for (int i = 0; i < pixels.length; i++) {
      int place = places.computeIfAbsent(pixels[i], colour -> nearest(palette, colour));
      small.getRaster().setSample(i % image.getWidth(), i / image.getWidth(), 0, place);
    }
    return packed(small);
  }

  private static List<Integer> palette(int[] pixels) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (int pixel : pixels) {
      counts.merge(pixel, 1, Integer::sum);
    }
    return counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(COLOURS)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static int nearest(List<Integer> palette, int colour) {
    int best = 0;
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < palette.size() && least > 0; i++) {
      int distance = 0;
      for (int shift = 0; shift <= 16; shift += Byte.SIZE) {
        int difference = (palette.get(i) >> shift & 0xff) - (colour >> shift & 0xff);
        distance += difference * difference;
      }
      if (distance < least) {
        least = distance;
        best = i;
      }
    }
    return best;
  }

  private static byte[] packed(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ImageWriteParam packing = writer.getDefaultWriteParam();
    packing.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    packing.setCompressionQuality(0);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(packed)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), packing);
    } finally {
      writer.dispose();
    }
    return packed.toByteArray();
  }
}
