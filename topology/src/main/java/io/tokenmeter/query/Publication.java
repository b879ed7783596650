package io.tokenmeter.query;

import io.tokenmeter.ingest.RawRecord;
import io.tokenmeter.raw.InvalidRecordException;
import io.tokenmeter.topics.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What is published of one batch. All of it is on its way at a time; that it has arrived is waited
 * for at the end.
 *
 * @param <T> what tells its parts apart
 */
final class Publication<T> {
  private record Sent<T>(T part, Topics topic, CompletableFuture<Void> arrived) {}

  private final RawTopics topics;
  private final IngestMetrics metrics;
  private final List<Sent<T>> sent = new ArrayList<>();

  Publication(RawTopics topics, IngestMetrics metrics) {
    this.topics = topics;
    this.metrics = metrics;
  }

  /**
   * Begins to publish a part.
   *
   * @throws ProblemException when the brokers can't be reached
   */
  void send(T part, List<RawRecord> records) {
    for (RawRecord record : records) {
      CompletableFuture<Void> arrived = topics.send(record);
      sent.add(new Sent<>(part, record.topic(), arrived));
      // What can't be sent at all took its time to fail; so will the rest.
      if (arrived.isCompletedExceptionally()) {
        refusal(arrived);
      }
    }
  }

  /**
   * Waits until the brokers have all of it.
   *
   * @param refused takes each part that they will never take, and why
   * @throws ProblemException when they didn't say so in time
   */
  void await(BiConsumer<T, InvalidRecordException> refused) {
    T last = null;
    for (Sent<T> one : sent) {
      InvalidRecordException why = refusal(one.arrived());
      if (why == null) {
        metrics.published(one.topic());
      } else if (one.part() != last) {
        last = one.part();
        refused.accept(last, why);
      }
    }
  }

  private static @Nullable InvalidRecordException refusal(CompletableFuture<Void> arrived) {
    try {
      arrived.join();
      return null;
    } catch (CompletionException e) {
      if (e.getCause() instanceof InvalidRecordException refused) {
        return refused;
      }
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
