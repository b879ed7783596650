package io.tokenmeter.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.tokenmeter.raw.OrgId;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, and for operators, who there is.
 *
 * <p>The list is put together from all instances: each tells of the organisations that it owns. It
 * is whole or it is not answered: were a partition silent, its organisations would seem not to
 * exist.
 */
final class OrganisationRoutes {
  private static final int LIMIT = 100;
  private static final int MAX_LIMIT = 500;

  private final LedgerReader reader;
  private final Routing routing;
  private final Peers peers;
  private final InstantSource now;

  OrganisationRoutes(LedgerReader reader, Routing routing, Peers peers, InstantSource now) {
    this.reader = reader;
    this.routing = routing;
    this.peers = peers;
    this.now = now;
  }

  List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            HandlerType.GET,
            "/v1/caller",
            "caller",
            Door.TOKEN,
            (request, caller) -> Answer.json(CallerView.of(caller))),
        Endpoint.get("/v1/orgs", "orgs", Door.OPERATOR, this::organisations));
  }

  private Answer organisations(Context request) {
    String after = request.queryParam("after");
    if (after != null) {
      after = new OrgId(after).value();
    }
    int limit = (int) LedgerRoutes.whole(request, "limit", 1, MAX_LIMIT).orElse(LIMIT);
    OwnedOrganisations own = reader.organisations(after, limit + 1, now.instant());
    return LedgerRoutes.hop(request).isPresent() ? Answer.json(own) : all(own, after, limit);
  }

  private Answer all(OwnedOrganisations own, @Nullable String after, int limit) {
    Map<Instance, Set<Integer>> owners = routing.owners();
    Set<Integer> missing = new HashSet<>();
    owners.values().forEach(missing::addAll);
    if (missing.isEmpty()) {
      throw new ProblemException(
          ProblemCode.REBALANCING, "partitions are being assigned; try again in a second");
    }
    TreeMap<String, JsonNode> found = new TreeMap<>(StoredOrganisations.BY_BYTES);
    add(Json.tree(own), found, missing);
    owners.keySet().stream()
        .filter(instance -> !instance.equals(routing.self()))
        .flatMap(instance -> peers.ask(instance, target(after, limit + 1), Copy.OWNER).stream())
        .filter(answer -> answer.status() == 200)
        .forEach(answer -> add(Json.read(answer.body()), found, missing));
    if (!missing.isEmpty()) {
      throw new ProblemException(
          ProblemCode.OWNER_AWAY,
          "nobody answers for "
              + missing.size()
              + " of the journal's partitions now; try again in a second");
    }
    return Answer.json(page(found, limit));
  }

  private static void add(ObjectNode owned, Map<String, JsonNode> found, Set<Integer> missing) {
    owned.get("orgs").forEach(org -> found.put(org.get("org").asText(), org));
    owned.get("partitions").forEach(partition -> missing.remove(partition.asInt()));
  }

  private static ObjectNode page(SortedMap<String, JsonNode> found, int limit) {
    ObjectNode page = Json.tree(Map.of());
    ArrayNode orgs = page.putArray("orgs");
    String last = null;
    for (Map.Entry<String, JsonNode> org : found.entrySet()) {
      if (orgs.size() == limit) {
        page.put("next", target(last, limit));
        break;
      }
      orgs.add(org.getValue());
      last = org.getKey();
    }
    return page;
  }

  private static String target(@Nullable String after, int limit) {
    return "/v1/orgs?"
        + (after == null ? "" : "after=" + Paths.parameter(after) + "&")
        + "limit="
        + limit;
  }
}
