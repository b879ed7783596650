package io.tokenmeter.app;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * Bounds the memory of all state stores of a process together: one cache that holds blocks,
 * indexes, filters and, on account, the write buffers. Without it every store of every partition
 * has its own.
 */
public final class StateMemory implements RocksDBConfigSetter {
  /** Size of the cache in bytes; a setting of the Streams application. */
  static final String CACHE_BYTES = "tokenmeter.state.cache.bytes";

  /** What of the cache write buffers may take. */
  private static final int WRITE_BUFFER_SHARE = 3;

  private static final long WRITE_BUFFER_BYTES = 4L << 20;
  private static final int WRITE_BUFFERS = 3;
  private static final long BLOCK_BYTES = 16L << 10;

  private record Shared(Cache cache, WriteBufferManager writeBuffers) {}

  /** By size, so that tests with several sizes in one process don't share. Never closed: shared. */
  private static final Map<Long, Shared> SHARED = new ConcurrentHashMap<>();

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    long bytes = Long.parseLong(String.valueOf(configs.get(CACHE_BYTES)));
    Shared shared = SHARED.computeIfAbsent(bytes, StateMemory::share);
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(shared.cache());
    table.setBlockSize(BLOCK_BYTES);
    table.setCacheIndexAndFilterBlocks(true);
    table.setPinTopLevelIndexAndFilter(true);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(shared.writeBuffers());
    options.setWriteBufferSize(WRITE_BUFFER_BYTES);
    options.setMaxWriteBufferNumber(WRITE_BUFFERS);
  }

  private static Shared share(long bytes) {
    Cache cache = new LRUCache(bytes, -1, false);
    return new Shared(cache, new WriteBufferManager(bytes / WRITE_BUFFER_SHARE, cache));
  }

  /** The cache and the write buffers are everybody's, so they stay. */
  @Override
  public void close(String storeName, Options options) {}
}
