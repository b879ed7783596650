package io.tokenmeter.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Asks all instances, each for what it owns. It is told whole or it is not told: were a partition
 * silent, what is in it would seem not to exist.
 */
final class AllOwners {
  private final Routing routing;
  private final Peers peers;

  AllOwners(Routing routing, Peers peers) {
    this.routing = routing;
    this.peers = peers;
  }

  /**
   * What this instance and all others own.
   *
   * @param own what this one has, with its {@code partitions}
   * @param target at which the others are asked for the same
   * @throws ProblemException when a partition is being assigned, or nobody answers for it
   */
  List<JsonNode> ask(ObjectNode own, String target) {
    Map<Instance, Set<Integer>> owners = routing.owners();
    Set<Integer> missing = new HashSet<>();
    owners.values().forEach(missing::addAll);
    if (missing.isEmpty()) {
      throw new ProblemException(
          ProblemCode.REBALANCING, "partitions are being assigned; try again in a second");
    }
    List<JsonNode> told = new ArrayList<>(List.of(own));
    owners.keySet().stream()
        .filter(instance -> !instance.equals(routing.self()))
        .flatMap(instance -> peers.ask(instance, target, Copy.OWNER).stream())
        .filter(answer -> answer.status() == 200)
        .forEach(answer -> told.add(Json.read(answer.body())));
    told.forEach(
        one -> one.get("partitions").forEach(partition -> missing.remove(partition.asInt())));
    if (!missing.isEmpty()) {
      throw new ProblemException(
          ProblemCode.OWNER_AWAY,
          "nobody answers for "
              + missing.size()
              + " of the journal's partitions now; try again in a second");
    }
    return told;
  }
}
