package io.tokenmeter.stream;

import java.util.List;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.query.FailureReason;
import org.apache.kafka.streams.query.KeyQuery;
import org.apache.kafka.streams.query.PositionBound;
import org.apache.kafka.streams.query.Query;
import org.apache.kafka.streams.query.QueryConfig;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.query.RangeQuery;
import org.apache.kafka.streams.query.ResultOrder;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.internals.WrappedStateStore;

/**
 * A persistent store whose queries can't stop the thread that writes it.
 *
 * <p>In Kafka Streams 4.3.1 an interactive query (IQv2) locks the store's position and then the
 * store, and a write locks the store and then its position: a query and a write that meet wait for
 * each other for ever, and nothing is billed any more (KAFKA-19629, mended after 4.3). Here queries
 * by key and range read as the store's own {@code get} and {@code range} do, which take the store's
 * lock alone. Their results carry no position.
 */
final class QueriedStore extends WrappedStateStore<KeyValueStore<Bytes, byte[]>, Bytes, byte[]>
    implements KeyValueStore<Bytes, byte[]> {
  private QueriedStore(KeyValueStore<Bytes, byte[]> store) {
    super(store);
  }

  /** In place of {@link Stores#persistentKeyValueStore}. */
  static KeyValueBytesStoreSupplier persistent(String name) {
    KeyValueBytesStoreSupplier supplier = Stores.persistentKeyValueStore(name);
    return new KeyValueBytesStoreSupplier() {
      @Override
      public String name() {
        return supplier.name();
      }

      @Override
      public KeyValueStore<Bytes, byte[]> get() {
        return new QueriedStore(supplier.get());
      }

      @Override
      public String metricsScope() {
        return supplier.metricsScope();
      }
    };
  }

  @Override
  @SuppressWarnings("unchecked") // What a query of a type answers is what its type says.
  public <R> QueryResult<R> query(Query<R> query, PositionBound bound, QueryConfig config) {
    if (!bound.isUnbounded()) {
      return super.query(query, bound, config);
    }
    try {
      if (query instanceof KeyQuery<?, ?> key) {
        return (QueryResult<R>) QueryResult.forResult(get((Bytes) key.getKey()));
      }
      if (query instanceof RangeQuery<?, ?> range) {
        return (QueryResult<R>) QueryResult.forResult(range((RangeQuery<Bytes, byte[]>) range));
      }
    } catch (InvalidStateStoreException e) {
      return QueryResult.forFailure(FailureReason.STORE_EXCEPTION, String.valueOf(e.getMessage()));
    }
    return super.query(query, bound, config);
  }

  private KeyValueIterator<Bytes, byte[]> range(RangeQuery<Bytes, byte[]> query) {
    boolean isDescending = query.resultOrder() == ResultOrder.DESCENDING;
    if (query.getLowerBound().isEmpty() && query.getUpperBound().isEmpty()) {
      return isDescending ? reverseAll() : all();
    }
    Bytes from = query.getLowerBound().orElse(null);
    Bytes to = query.getUpperBound().orElse(null);
    return isDescending ? reverseRange(from, to) : range(from, to);
  }

  @Override
  public byte[] get(Bytes key) {
    return wrapped().get(key);
  }

  @Override
  public void put(Bytes key, byte[] value) {
    wrapped().put(key, value);
  }

  @Override
  public byte[] putIfAbsent(Bytes key, byte[] value) {
    return wrapped().putIfAbsent(key, value);
  }

  @Override
  public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
    wrapped().putAll(entries);
  }

  @Override
  public byte[] delete(Bytes key) {
    return wrapped().delete(key);
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
    return wrapped().range(from, to);
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> reverseRange(Bytes from, Bytes to) {
    return wrapped().reverseRange(from, to);
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> all() {
    return wrapped().all();
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> reverseAll() {
    return wrapped().reverseAll();
  }

  @Override
  public <P extends Serializer<T>, T> KeyValueIterator<Bytes, byte[]> prefixScan(
      T prefix, P serializer) {
    return wrapped().prefixScan(prefix, serializer);
  }

  @Override
  public long approximateNumEntries() {
    return wrapped().approximateNumEntries();
  }
}
