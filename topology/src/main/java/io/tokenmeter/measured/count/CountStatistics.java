package io.tokenmeter.measured.count;

/**
 * What has been counted exactly since the process started, estimates included where they rest on an
 * exact count.
 *
 * @param texts how many were asked for
 * @param bytes in them
 * @param recalledTexts of {@code texts} those whose count was remembered
 * @param recalledBytes in those
 */
public record CountStatistics(long texts, long bytes, long recalledTexts, long recalledBytes) {
  static final CountStatistics NONE = new CountStatistics(0, 0, 0, 0);

  CountStatistics plus(CountStatistics other) {
    return new CountStatistics(
        texts + other.texts,
        bytes + other.bytes,
        recalledTexts + other.recalledTexts,
        recalledBytes + other.recalledBytes);
  }
}
