package io.tokenmeter.query;

import io.tokenmeter.ingest.RawRecord;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/** Raw topics in memory. */
final class FixedTopics implements RawTopics {
  private final List<RawRecord> records = new CopyOnWriteArrayList<>();
  private volatile Function<RawRecord, CompletableFuture<Void>> brokers =
      record -> CompletableFuture.completedFuture(null);

  @Override
  public CompletableFuture<Void> send(RawRecord record) {
    CompletableFuture<Void> arrived = brokers.apply(record);
    if (!arrived.isCompletedExceptionally()) {
      records.add(record);
    }
    return arrived;
  }

  /** What the brokers say to each record from now on. */
  void answer(Function<RawRecord, CompletableFuture<Void>> answers) {
    brokers = answers;
  }

  List<RawRecord> records() {
    return List.copyOf(records);
  }

  /** The values of all records of a type. */
  <T extends SpecificRecord> List<T> values(Class<T> type) {
    return records.stream().map(RawRecord::value).filter(type::isInstance).map(type::cast).toList();
  }
}
