package io.tokenmeter.query;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.tokenmeter.ingest.Item;
import io.tokenmeter.ingest.Items;
import io.tokenmeter.raw.InvalidRecordException;
import io.tokenmeter.raw.Rejection;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What gateways send that don't speak Kafka.
 *
 * <p>Each item of a batch stands for itself: those that can be read are published, and the batch is
 * answered once the brokers have them for good; those that can't are named. Nothing is
 * transactional about it and needn't be: an item sent again is a copy, which the ledger knows by
 * its id and content. So whatever is answered but 200 and 422, and whatever isn't, is sent again
 * whole.
 */
final class IngestRoutes {
  static final int MOST_ITEMS = 1_000;

  private final RawTopics topics;
  private final InFlight inFlight;
  private final IngestMetrics metrics;

  IngestRoutes(RawTopics topics, InFlight inFlight, IngestMetrics metrics) {
    this.topics = topics;
    this.inFlight = inFlight;
    this.metrics = metrics;
  }

  List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            HandlerType.POST,
            "/v1/ingest",
            "ingest",
            Door.GATEWAY,
            (request, caller) -> ingest(request)));
  }

  private Answer ingest(Context request) {
    try (InFlight.Share share = inFlight.begin();
        InputStream body = BatchBody.of(request, share)) {
      return answer(published(items(request, body)));
    } catch (InvalidRecordException e) {
      throw JsonBody.invalid(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw JsonBody.invalid(
          "the body broke off, or isn't what its Content-Encoding says; send it again whole");
    }
  }

  private static Items items(Context request, InputStream body) throws IOException {
    return switch (BatchBody.mediaType(request)) {
      case "application/x-ndjson", "application/ndjson", "application/jsonl" -> Items.lines(body);
      case "application/json" -> Items.json(body);
      default ->
          throw new ProblemException(
              ProblemCode.UNSUPPORTED_MEDIA_TYPE,
              "Content-Type is neither application/x-ndjson, an object a line, nor"
                  + " application/json, an object or an array of them; send one of them");
    };
  }

  private IngestView published(Items items) throws IOException {
    Publication<Item.Taken> publication = new Publication<>(topics, metrics);
    List<IngestView.Refusal> refusals = new ArrayList<>();
    int count = 0;
    for (Optional<Item> next = items.next(); next.isPresent(); next = items.next()) {
      if (++count > MOST_ITEMS) {
        throw new ProblemException(
            ProblemCode.BODY_TOO_LARGE,
            "the batch has more than "
                + MOST_ITEMS
                + " items; send it again in smaller ones, as what was taken of it is billed once");
      }
      if (next.get() instanceof Item.Taken readable) {
        publication.send(readable, readable.records());
      } else if (next.get() instanceof Item.Refused refused) {
        refusals.add(refusal(refused.index(), refused.id(), refused.code(), refused.message()));
      }
    }
    publication.await(
        (item, why) ->
            refusals.add(
                refusal(item.index(), item.id(), why.code(), String.valueOf(why.getMessage()))));
    refusals.sort(Comparator.comparingInt(IngestView.Refusal::index));
    return new IngestView(count - refusals.size(), refusals.size(), refusals);
  }

  private IngestView.Refusal refusal(
      int index, @Nullable String id, Rejection code, String message) {
    metrics.refused(code);
    return new IngestView.Refusal(index, id, code.name(), message);
  }

  private static Answer answer(IngestView view) {
    Answer answer = Answer.json(view);
    return view.refused() == 0 ? answer : answer.with(422);
  }
}
