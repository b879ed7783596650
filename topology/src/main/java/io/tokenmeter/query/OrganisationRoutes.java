package io.tokenmeter.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.tokenmeter.raw.OrgId;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, and for operators, who there is: each instance tells of the organisations that it owns.
 */
final class OrganisationRoutes {
  private static final int LIMIT = 100;
  private static final int MAX_LIMIT = 500;

  private final LedgerReader reader;
  private final AllOwners owners;
  private final InstantSource now;

  OrganisationRoutes(LedgerReader reader, AllOwners owners, InstantSource now) {
    this.reader = reader;
    this.owners = owners;
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
    SortedMap<String, JsonNode> found = new TreeMap<>(StoredOrganisations.BY_BYTES);
    owners
        .ask(Json.tree(own), target(after, limit + 1))
        .forEach(
            owned -> owned.get("orgs").forEach(org -> found.put(org.get("org").asText(), org)));
    return Answer.json(page(found, limit));
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
