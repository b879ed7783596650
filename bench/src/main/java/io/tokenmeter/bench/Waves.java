package io.tokenmeter.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Load in waves: records are made ready, the clock starts, they are appended as fast as the broker
 * takes them, and the clock stops when a reader has seen the last result committed. So a wave
 * contains all that its records cost, appending and reading included, and none of what making them
 * costs.
 */
final class Waves {
  private final Installation installation;
  private final List<ChildJvm> applications;
  private final Gateway gateway;
  private final CommittedReader reader;
  private final LongSupplier target;

  /**
   * @param applications the processes that are measured
   * @param target how many results the reader must have seen for all that was made ready so far
   */
  Waves(
      Installation installation,
      List<ChildJvm> applications,
      Gateway gateway,
      CommittedReader reader,
      LongSupplier target) {
    this.installation = installation;
    this.applications = applications;
    this.gateway = gateway;
    this.reader = reader;
    this.target = target;
  }

  /** What one wave took. */
  Spent wave(Supplier<List<ProducerRecord<byte[], byte[]>>> records) {
    List<ProducerRecord<byte[], byte[]>> ready = records.get();
    Spent before = Spent.now(installation.broker(), applications);
    gateway.sendAll(ready);
    reader.await(target.getAsLong());
    return Spent.now(installation.broker(), applications).since(before);
  }

  /** What each of so many waves took. */
  List<Spent> waves(int count, Supplier<List<ProducerRecord<byte[], byte[]>>> records) {
    List<Spent> spent = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      spent.add(wave(records));
    }
    return spent;
  }

  /** A figure of each wave. */
  static double[] each(List<Spent> waves, ToDoubleFunction<Spent> figure) {
    return waves.stream().mapToDouble(figure).toArray();
  }
}
