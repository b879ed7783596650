package io.tokenmeter.serde;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The ids that the registry lately didn't know, so that a flood of bad records is no flood of
 * requests, and the one patient second look in each such time that a registry which lags behind its
 * leader is given.
 */
final class MissingIds {
  private static final int LIMIT = 10_000;

  private final long lifetimeNanos;
  private final LongSupplier nanoTime;
  private final Map<Integer, Long> sinceNanos = new ConcurrentHashMap<>();
  private final AtomicLong lastLook;

  /**
   * @param lifetimeNanos how long an id counts as missing; 0 for not at all
   */
  MissingIds(long lifetimeNanos, LongSupplier nanoTime) {
    this.lifetimeNanos = lifetimeNanos;
    this.nanoTime = nanoTime;
    this.lastLook = new AtomicLong(nanoTime.getAsLong() - lifetimeNanos);
  }

  boolean contains(int id) {
    if (sinceNanos.isEmpty()) {
      return false;
    }
    Long since = sinceNanos.get(id);
    return since != null && nanoTime.getAsLong() - since < lifetimeNanos;
  }

  void add(int id) {
    if (sinceNanos.size() >= LIMIT) {
      sinceNanos.clear();
    }
    sinceNanos.put(id, nanoTime.getAsLong());
  }

  /** Whether the caller may ask again after a wait; true at most once in a lifetime. */
  boolean maySecondLook() {
    long now = nanoTime.getAsLong();
    long last = lastLook.get();
    return now - last >= lifetimeNanos && lastLook.compareAndSet(last, now);
  }
}
