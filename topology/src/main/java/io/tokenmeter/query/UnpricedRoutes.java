package io.tokenmeter.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** For operators: which models usages wait for a price of, put together from all instances. */
final class UnpricedRoutes {
  private static final String PATH = "/v1/unpriced";
  private static final Comparator<UnpricedView> MOST_FIRST =
      Comparator.comparingLong(UnpricedView::usages)
          .reversed()
          .thenComparing(UnpricedView::book)
          .thenComparing(view -> String.valueOf(view.model()));

  private final LedgerReader reader;
  private final AllOwners owners;

  private record Name(String book, @Nullable String model) {}

  UnpricedRoutes(LedgerReader reader, AllOwners owners) {
    this.reader = reader;
    this.owners = owners;
  }

  List<Endpoint> endpoints() {
    return List.of(Endpoint.get(PATH, "unpriced", Door.OPERATOR, this::unpriced));
  }

  private Answer unpriced(Context request) {
    OwnedUnpriced own = reader.unpriced();
    return LedgerRoutes.hop(request).isPresent() ? Answer.json(own) : all(own);
  }

  private Answer all(OwnedUnpriced own) {
    Map<Name, UnpricedView> found = new LinkedHashMap<>();
    boolean complete = true;
    for (JsonNode owned : owners.ask(Json.tree(own), PATH)) {
      complete &= owned.path("complete").asBoolean();
      for (JsonNode model : owned.path("models")) {
        UnpricedView view = view(model);
        found.merge(new Name(view.book(), view.model()), view, UnpricedView::plus);
      }
    }
    return Answer.json(
        new UnpricedModelsView(found.values().stream().sorted(MOST_FIRST).toList(), complete));
  }

  private static UnpricedView view(JsonNode model) {
    return new UnpricedView(
        model.get("book").asText(),
        model.hasNonNull("model") ? model.get("model").asText() : null,
        model.get("usages").asLong(),
        model.get("organisations").asLong(),
        Instant.parse(model.get("oldest").asText()));
  }
}
