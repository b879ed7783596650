package io.tokenmeter.app.audit;

import java.util.BitSet;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/** A set of offsets of one partition: a bit each where they are dense, as offsets are. */
final class Offsets {
  private static final int CHUNK_BITS = 16;
  private final TreeMap<Long, BitSet> chunks = new TreeMap<>();

  /** Adds an offset, and tells whether it is new. */
  boolean add(long offset) {
    BitSet chunk = chunks.computeIfAbsent(offset >> CHUNK_BITS, key -> new BitSet());
    int bit = (int) (offset & ((1 << CHUNK_BITS) - 1));
    boolean isNew = !chunk.get(bit);
    chunk.set(bit);
    return isNew;
  }

  boolean contains(long offset) {
    BitSet chunk = chunks.get(offset >> CHUNK_BITS);
    return chunk != null && chunk.get((int) (offset & ((1 << CHUNK_BITS) - 1)));
  }

  /** The highest; -1 when it is empty. */
  long last() {
    return chunks.isEmpty()
        ? -1
        : (chunks.lastKey() << CHUNK_BITS) + chunks.lastEntry().getValue().length() - 1;
  }

  void forEach(LongConsumer action) {
    chunks.forEach(
        (key, chunk) -> chunk.stream().forEach(bit -> action.accept((key << CHUNK_BITS) + bit)));
  }
}
