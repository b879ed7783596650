package io.tokenmeter.proof;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

/** What happens to brokers and to the registry. */
final class BrokerHarm {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int MOVED_AT_ONCE = 12;

  private BrokerHarm() {}

  static Harm.Mend cut(Scene scene, Dice dice) {
    scene.brokers().cut(dice.below(scene.brokers().count()));
    return Harm.Mend.NONE;
  }

  static Harm.Mend pause(Scene scene, Dice dice) {
    scene.brokers().pause(dice.below(scene.brokers().count()), dice.millis(50, 1000));
    return Harm.Mend.NONE;
  }

  /** Makes another of the copies the preferred leader, and asks for an election. */
  static Harm.Mend moveLeaders(Scene scene, Dice dice) throws NotStruckException {
    Set<String> names =
        Scene.answer(scene.admin().listTopics(new ListTopicsOptions().listInternal(true)).names());
    List<TopicPartition> all = new ArrayList<>();
    Map<TopicPartition, List<Integer>> copies = new HashMap<>();
    for (TopicDescription topic :
        Scene.answer(scene.admin().describeTopics(names).allTopicNames()).values()) {
      for (TopicPartitionInfo partition : topic.partitions()) {
        TopicPartition id = new TopicPartition(topic.name(), partition.partition());
        if (partition.replicas().size() > 1) {
          all.add(id);
          copies.put(id, partition.replicas().stream().map(Node::id).toList());
        }
      }
    }
    all.sort(
        Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition));
    Set<TopicPartition> chosen = new HashSet<>();
    for (int i = 0; i < MOVED_AT_ONCE; i++) {
      chosen.add(dice.oneOf(all));
    }
    Map<TopicPartition, Optional<NewPartitionReassignment>> order = new HashMap<>();
    for (TopicPartition partition : chosen) {
      List<Integer> next = new ArrayList<>(copies.get(partition));
      next.add(next.remove(0));
      order.put(partition, Optional.of(new NewPartitionReassignment(next)));
    }
    Scene.answer(scene.admin().alterPartitionReassignments(order).all());
    Scene.answer(scene.admin().electLeaders(ElectionType.PREFERRED, chosen).all());
    return Harm.Mend.NONE;
  }

  static Harm.Mend cutRegistry(Scene scene, Dice dice) {
    scene.registryDoor().shut();
    scene.goOn(dice.millis(50, 1500));
    scene.registryDoor().reopen();
    return Harm.Mend.NONE;
  }

  static Harm.Mend registryAway(Scene scene, Dice dice) throws NotStruckException {
    Member member = ApplicationHarm.oneOf(scene, dice, any -> true);
    scene.registryDoor().shut();
    member.kill();
    member.start();
    scene.goOn(dice.millis(4000, 10_000));
    return () -> scene.registryDoor().reopen();
  }

  static Harm.Mend kill(Scene scene, Dice dice) {
    int node = dice.below(scene.brokers().count());
    scene.brokers().kill(node);
    scene.goOn(dice.millis(500, 12_000));
    return () -> serveAgain(scene, List.of(node));
  }

  static Harm.Mend killAll(Scene scene, Dice dice) {
    List<Integer> all = IntStream.range(0, scene.brokers().count()).boxed().toList();
    all.forEach(scene.brokers()::kill);
    scene.goOn(dice.millis(2000, 60_000));
    return () -> serveAgain(scene, all);
  }

  private static void serveAgain(Scene scene, List<Integer> nodes) {
    nodes.forEach(scene.brokers()::start);
    for (int node : nodes) {
      scene.until("broker " + node + " serves again", PATIENCE, () -> scene.brokers().serves(node));
    }
  }
}
