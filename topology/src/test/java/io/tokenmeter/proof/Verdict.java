package io.tokenmeter.proof;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.TopicPartition;

/**
 * What is other than it should be, by name.
 *
 * @param differences empty when all is as it should be
 * @param windows how many usage windows were compared over HTTP
 */
record Verdict(List<String> differences, int windows) {
  Verdict {
    differences = List.copyOf(differences);
  }

  boolean passed() {
    return differences.isEmpty();
  }

  /**
   * Compares everything, while the gateways wait.
   *
   * @param halves whether exchanges may still wait for their other half
   */
  static Verdict of(Scene scene, Halves halves, Duration patience) {
    Oracle oracle = scene.oracle();
    Feed feed = scene.feed();
    List<String> all = new ArrayList<>();
    try {
      scene.until(
          "everything is as it should be",
          patience,
          () ->
              oracle.isEven()
                  && feed.isBalanced()
                  && (halves == Halves.MAY_WAIT || oracle.halves() == 0));
      readToTheEnd(scene, patience);
    } catch (AssertionError late) {
      all.add(String.valueOf(late.getMessage()).lines().findFirst().orElse(""));
    }
    all.addAll(oracle.differences());
    all.addAll(feed.differences());
    UsageOverHttp usage = new UsageOverHttp(scene);
    all.addAll(usage.differences());
    return new Verdict(all, usage.windows());
  }

  /** Whether exchanges may still wait for their other half. */
  enum Halves {
    MAY_WAIT,
    MUST_BE_SETTLED
  }

  /** So that what is too much is seen too, not only what is missing. */
  private static void readToTheEnd(Scene scene, Duration patience) {
    AtomicReference<Map<TopicPartition, Long>> ends = new AtomicReference<>();
    scene.until(
        "the brokers say where the topics end",
        patience,
        () -> {
          try {
            ends.set(scene.ends(scene.feed().partitions()));
            return true;
          } catch (NotStruckException away) {
            return false;
          }
        });
    scene.until("all topics are read to the end", patience, () -> scene.feed().hasRead(ends.get()));
  }
}
