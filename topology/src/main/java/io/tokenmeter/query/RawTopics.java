package io.tokenmeter.query;

import io.tokenmeter.ingest.RawRecord;
import java.util.concurrent.CompletableFuture;

/** Takes what gateways send to the raw topics. */
public interface RawTopics {
  /**
   * Begins to publish a record; waits while too much is on its way to the brokers.
   *
   * @return done once the brokers have it for good. It fails with an {@link
   *     io.tokenmeter.raw.InvalidRecordException} when they will never take such a record, else
   *     with a {@link ProblemException}: they may have it all the same
   */
  CompletableFuture<Void> send(RawRecord record);
}
